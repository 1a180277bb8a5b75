import type * as sdk from '@aws-sdk/client-directory-service';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Directories, Directory } from '../world/directories.ts';
import type { Network } from '../world/network.ts';
import type { Setting } from '../world/setting.ts';
import { ipRoutes } from './directory-service/ip-routes.ts';
import { directoryIn, invalid, page } from './directory-service/look-up.ts';
import { checkPatterns } from './directory-service/patterns.ts';
import { required } from './required.ts';

const date = (time: number): Date => new Date(time);
const directoryLimit = 20;
const tagLimit = 50;

const tagMap = (tags: readonly sdk.Tag[] = []): ReadonlyMap<string, string> =>
  new Map(tags.map((tag) => [required(tag.Key, 'Key'), required(tag.Value, 'Value')]));

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

/** Refuses subnets in which no directory can stand. */
const checkSubnets = ({ vpcs, subnets }: Network, vpcId: string, subnetIds: readonly string[]): void => {
  const found = subnetIds.flatMap((subnetId) => subnets.get(subnetId) ?? []);
  if (subnetIds.length !== 2 || found.length !== 2)
    throw invalid(
      'Invalid subnet ID(s). They must correspond to two subnets in different Availability Zones.',
    );
  if (new Set(found.map(({ zone }) => zone)).size !== 2)
    throw new ServiceError(
      'ClientException',
      'Invalid subnet ID(s). The two subnets must be in different Availability Zones.',
    );
  if (!vpcs.has(vpcId) || found.some((subnet) => subnet.vpcId !== vpcId))
    throw new ServiceError('ClientException', 'Invalid VPC ID.');
};

/** The directory operations of Directory Service. */
export const directoryOperations = (
  directories: Directories,
  network: Network,
  setting: Setting,
): Operations<typeof sdk> => ({
  ...ipRoutes(directories, network, setting),

  CreateMicrosoftAD(input) {
    const { VpcId, SubnetIds } = required(input.VpcSettings, 'VpcSettings');
    const vpcId = required(VpcId, 'VpcId');
    const subnetIds = required(SubnetIds, 'SubnetIds');
    const name = required(input.Name, 'Name').toLowerCase();
    checkPatterns(
      ['name', name],
      ['shortName', input.ShortName],
      ['description', input.Description],
      ['password', required(input.Password, 'Password')],
    );
    if (directories.all.length >= directoryLimit)
      throw new ServiceError(
        'DirectoryLimitExceededException',
        `Directory limit exceeded. A maximum of ${directoryLimit} directories may be created`,
      );
    checkSubnets(network, vpcId, subnetIds);
    const directory = directories.create({
      name,
      shortName: (input.ShortName ?? name.replace(/\..*$/, '')).toUpperCase(),
      edition: input.Edition ?? 'Enterprise',
      description: input.Description ?? null,
      vpcId,
      subnetIds,
      tags: tagMap(input.Tags),
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
    if (directories.isInUse(directory))
      throw new ServiceError(
        'ClientException',
        'Cannot delete the directory because it still has authorized applications.',
      );
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
    const tags = new Map([...directory.tags, ...tagMap(required(Tags, 'Tags'))]);
    if (tags.size > tagLimit)
      throw new ServiceError('TagLimitExceededException', `A directory has at most ${tagLimit} tags.`);
    for (const [key, value] of tags) directory.tags.set(key, value);
    return {};
  },

  ListTagsForResource({ ResourceId }) {
    const directory = directoryIn(directories, ResourceId);
    return { Tags: [...directory.tags].map(([Key, Value]) => ({ Key, Value })) };
  },
});
