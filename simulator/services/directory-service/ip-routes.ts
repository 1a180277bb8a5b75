import type * as sdk from '@aws-sdk/client-directory-service';
import type { Operations } from '../../wire/operations.ts';
import { ServiceError } from '../../wire/service-error.ts';
import { openToEverybody } from '../../world/directories/controllers-group.ts';
import type { Directories, IpRoute } from '../../world/directories.ts';
import type { Network } from '../../world/network.ts';
import type { Setting } from '../../world/setting.ts';
import { required } from '../required.ts';
import { activeDirectoryIn, directoryIn, page } from './look-up.ts';
import { checkPatterns } from './patterns.ts';

const limit = 100;

/** The operations on a directory's routes to addresses outside RFC 1918. */
export const ipRoutes = (
  directories: Directories,
  network: Network,
  { clock }: Setting,
): Operations<typeof sdk> => ({
  AddIpRoutes({ DirectoryId, IpRoutes, UpdateSecurityGroupForDirectoryControllers: opens }) {
    const asked = required(IpRoutes, 'IpRoutes');
    for (const { CidrIp, Description } of asked)
      checkPatterns(['cidrIp', CidrIp], ['description', Description]);
    const directory = activeDirectoryIn(directories, DirectoryId);
    const now = clock.now();
    const routes = asked.map(
      ({ CidrIp, Description = '' }): IpRoute => ({
        cidr: required(CidrIp, 'CidrIp'),
        description: Description,
        addedAt: now,
        status: 'Adding',
      }),
    );
    const known = routes.find(({ cidr }) => directory.ipRoutes.some((route) => route.cidr === cidr));
    if (known !== undefined)
      throw new ServiceError('EntityAlreadyExistsException', `The IP route ${known.cidr} already exists.`);
    if (directory.ipRoutes.length + routes.length > limit)
      throw new ServiceError(
        'IpRouteLimitExceededException',
        `The limit of ${limit} IP routes has been reached.`,
      );
    directory.ipRoutes.push(...routes);
    if (opens === true) openToEverybody(network, directory.securityGroupId);
    clock.at(now + 45_000, () => {
      for (const route of routes) route.status = 'Added';
    });
    return {};
  },

  ListIpRoutes({ DirectoryId, NextToken, Limit }) {
    const directory = directoryIn(directories, DirectoryId);
    const { items, NextToken: next } = page(directory.ipRoutes, NextToken, Limit);
    return {
      IpRoutesInfo: items.map((route) => ({
        DirectoryId,
        CidrIp: route.cidr,
        Description: route.description,
        AddedDateTime: new Date(route.addedAt),
        IpRouteStatusMsg: route.status,
      })),
      NextToken: next,
    };
  },
});
