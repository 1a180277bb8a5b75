import type * as sdk from '@aws-sdk/client-directory-service';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Directories, Directory, IpRoute } from '../world/directories.ts';
import type { Network } from '../world/network.ts';
import type { Setting } from '../world/setting.ts';
import { required } from './required.ts';

const date = (time: number): Date => new Date(time);
const pageSize = 100;
const directoryLimit = 20;
const ipRouteLimit = 100;

/** One page; a limit of 0 means as many as the service gives at once. */
export const page = <Item>(items: readonly Item[], token = '0', limit = 0) => {
  const start = Number(token);
  if (!/^\d+$/.test(token) || start > items.length)
    throw new ServiceError('InvalidNextTokenException', 'The NextToken value is not valid.');
  const end = start + (limit === 0 ? pageSize : limit);
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
};

export const invalid = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message);

export const directoryIn = (directories: Directories, directoryId: string | undefined): Directory => {
  const directory = directories.find(required(directoryId, 'DirectoryId'));
  if (directory === undefined)
    throw new ServiceError('EntityDoesNotExistException', `Directory ${directoryId} does not exist.`);
  return directory;
};

/** The directory, for a call that AWS refuses while it is not Active. */
export const activeDirectoryIn = (directories: Directories, directoryId: string | undefined): Directory => {
  const directory = directoryIn(directories, directoryId);
  if (directory.stage !== 'Active')
    throw new ServiceError('DirectoryUnavailableException', `Directory ${directoryId} is not available.`);
  return directory;
};

const kindsOfCharacters = [/[0-9]/, /[A-Z]/, /[a-z]/, /[^A-Za-z0-9\s]/];

const isStrong = (password: string): boolean =>
  /^.{8,64}$/.test(password) && kindsOfCharacters.filter((kind) => kind.test(password)).length >= 3;

const describe = (directory: Directory, { subnets }: Network): sdk.DirectoryDescription => ({
  DirectoryId: directory.directoryId,
  Name: directory.name,
  ShortName: directory.shortName,
  Edition: directory.edition,
  Alias: directory.directoryId,
  AccessUrl: `${directory.directoryId}.awsapps.com`,
  Description: directory.description ?? undefined,
  DnsIpAddrs: directory.stage === 'Active' ? [...directory.dnsIpAddresses] : undefined,
  Stage: directory.stage,
  StageReason: directory.reason ?? undefined,
  LaunchTime: date(directory.launchedAt),
  StageLastUpdatedDateTime: date(directory.changedAt),
  Type: 'MicrosoftAD',
  VpcSettings: {
    VpcId: directory.vpcId,
    SubnetIds: [...directory.subnetIds],
    SecurityGroupId: directory.securityGroupId,
    AvailabilityZones: directory.subnetIds.map((subnetId) => subnets.get(subnetId)?.zone ?? ''),
  },
  SsoEnabled: false,
  DesiredNumberOfDomainControllers: 2,
  OsVersion: 'SERVER_2019',
  RegionsInfo: { PrimaryRegion: directory.primaryRegion, AdditionalRegions: [] },
});

/** The directory operations of Directory Service. */
export const directoryOperations = (
  directories: Directories,
  network: Network,
  setting: Setting,
): Operations<typeof sdk> => ({
  CreateMicrosoftAD(input) {
    const { VpcId, SubnetIds } = required(input.VpcSettings, 'VpcSettings');
    const vpcId = required(VpcId, 'VpcId');
    const subnetIds = required(SubnetIds, 'SubnetIds');
    const name = required(input.Name, 'Name').toLowerCase();
    const subnets = subnetIds.map((subnetId) => network.subnets.get(subnetId));
    if (subnets.some((subnet) => subnet?.vpcId !== vpcId))
      throw invalid(`The subnets ${subnetIds.join(', ')} are not all in ${vpcId}.`);
    if (subnets.length !== 2 || new Set(subnets.map((subnet) => subnet?.zone)).size !== 2)
      throw invalid('Two subnets in different Availability Zones are required.');
    if (!isStrong(required(input.Password, 'Password')))
      throw invalid('The password must have 8 to 64 characters of three kinds.');
    if (directories.all.length >= directoryLimit)
      throw new ServiceError(
        'DirectoryLimitExceededException',
        `The limit of ${directoryLimit} directories has been reached.`,
      );
    const directory = directories.create({
      name,
      shortName: (input.ShortName ?? name.replace(/\..*$/, '')).toUpperCase(),
      edition: input.Edition ?? 'Enterprise',
      description: input.Description ?? null,
      vpcId,
      subnetIds,
      tags: new Map(input.Tags?.map((tag) => [required(tag.Key, 'Key'), required(tag.Value, 'Value')])),
    });
    return { DirectoryId: directory.directoryId };
  },

  DescribeDirectories({ DirectoryIds: ids, NextToken, Limit }) {
    if (ids?.length === 0) throw invalid('DirectoryIds must not be empty.');
    const wanted = ids?.map((id) => directoryIn(directories, id)) ?? directories.all;
    const { items, NextToken: next } = page(wanted, NextToken, Limit);
    return { DirectoryDescriptions: items.map((directory) => describe(directory, network)), NextToken: next };
  },

  DeleteDirectory({ DirectoryId }) {
    const directory = directoryIn(directories, DirectoryId);
    if (directory.trusts.length > 0)
      throw new ServiceError('ClientException', 'Cannot delete the directory because it has trusts.');
    directories.delete(directory);
    return { DirectoryId };
  },

  GetDirectoryLimits() {
    const count = directories.all.length;
    return {
      DirectoryLimits: {
        CloudOnlyMicrosoftADLimit: directoryLimit,
        CloudOnlyMicrosoftADCurrentCount: count,
        CloudOnlyMicrosoftADLimitReached: count >= directoryLimit,
      },
    };
  },

  AddTagsToResource({ ResourceId, Tags }) {
    const directory = directoryIn(directories, ResourceId);
    for (const { Key, Value } of required(Tags, 'Tags'))
      directory.tags.set(required(Key, 'Key'), required(Value, 'Value'));
    return {};
  },

  ListTagsForResource({ ResourceId }) {
    const directory = directoryIn(directories, ResourceId);
    return { Tags: [...directory.tags].map(([Key, Value]) => ({ Key, Value })) };
  },

  AddIpRoutes({ DirectoryId, IpRoutes }) {
    const directory = activeDirectoryIn(directories, DirectoryId);
    const now = setting.clock.now();
    const routes = required(IpRoutes, 'IpRoutes').map(
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
    if (directory.ipRoutes.length + routes.length > ipRouteLimit)
      throw new ServiceError(
        'IpRouteLimitExceededException',
        `The limit of ${ipRouteLimit} IP routes has been reached.`,
      );
    directory.ipRoutes.push(...routes);
    setting.clock.at(now + 45_000, () => {
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
        AddedDateTime: date(route.addedAt),
        IpRouteStatusMsg: route.status,
      })),
      NextToken: next,
    };
  },
});
