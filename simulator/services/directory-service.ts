import type * as sdk from '@aws-sdk/client-directory-service';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Directories, Directory, IpRoute } from '../world/directories.ts';
import type { Network } from '../world/network.ts';
import type { Setting } from '../world/setting.ts';
import { required } from './required.ts';

const date = (time: number): Date => new Date(time);
const pageSize = 100;

export const page = <Item>(items: readonly Item[], token: string | undefined, limit = pageSize) => {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start > items.length)
    throw new ServiceError('InvalidNextTokenException', 'The NextToken value is not valid.');
  const end = start + limit;
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
};

export const noDirectory = (directoryId: string): ServiceError =>
  new ServiceError('EntityDoesNotExistException', `Directory ${directoryId} does not exist.`);

export const invalid = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message);

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
    const { VpcId: vpcId, SubnetIds: subnetIds } = required(input.VpcSettings, 'VpcSettings');
    const name = required(input.Name, 'Name').toLowerCase();
    const subnets = required(subnetIds, 'SubnetIds').map((subnetId) => network.subnets.get(subnetId));
    if (subnets.some((subnet) => subnet?.vpcId !== vpcId))
      throw invalid(`The subnets ${subnetIds?.join(', ')} are not all in ${vpcId}.`);
    if (subnets.length !== 2 || new Set(subnets.map((subnet) => subnet?.zone)).size !== 2)
      throw invalid('Two subnets in different Availability Zones are required.');
    if (directories.all.length >= 20)
      throw new ServiceError(
        'DirectoryLimitExceededException',
        'The limit of 20 directories has been reached.',
      );
    required(input.Password, 'Password');
    const directory = directories.create({
      name,
      shortName: (input.ShortName ?? name.split('.')[0] ?? name).toUpperCase(),
      edition: input.Edition ?? 'Enterprise',
      description: input.Description ?? null,
      vpcId: required(vpcId, 'VpcId'),
      subnetIds: required(subnetIds, 'SubnetIds'),
      tags: new Map(input.Tags?.map((tag) => [required(tag.Key, 'Key'), required(tag.Value, 'Value')])),
    });
    return { DirectoryId: directory.directoryId };
  },

  DescribeDirectories({ DirectoryIds: ids, NextToken, Limit }) {
    if (ids?.length === 0) throw invalid('DirectoryIds must not be empty.');
    for (const id of ids ?? []) if (directories.find(id) === undefined) throw noDirectory(id);
    const wanted = directories.all.filter(({ directoryId }) => ids?.includes(directoryId) ?? true);
    const { items, NextToken: next } = page(wanted, NextToken, Limit);
    return { DirectoryDescriptions: items.map((directory) => describe(directory, network)), NextToken: next };
  },

  DeleteDirectory({ DirectoryId }) {
    const directory = directories.find(required(DirectoryId, 'DirectoryId'));
    if (directory === undefined) throw noDirectory(String(DirectoryId));
    if (directory.trusts.length > 0)
      throw new ServiceError('ClientException', 'Cannot delete the directory because it has trusts.');
    directories.delete(directory);
    return { DirectoryId };
  },

  GetDirectoryLimits() {
    const count = directories.all.length;
    return {
      DirectoryLimits: {
        CloudOnlyMicrosoftADLimit: 20,
        CloudOnlyMicrosoftADCurrentCount: count,
        CloudOnlyMicrosoftADLimitReached: count >= 20,
      },
    };
  },

  AddTagsToResource({ ResourceId, Tags }) {
    const directory = directories.find(required(ResourceId, 'ResourceId'));
    if (directory === undefined) throw noDirectory(String(ResourceId));
    for (const { Key, Value } of required(Tags, 'Tags'))
      directory.tags.set(required(Key, 'Key'), required(Value, 'Value'));
    return {};
  },

  ListTagsForResource({ ResourceId }) {
    const directory = directories.find(required(ResourceId, 'ResourceId'));
    if (directory === undefined) throw noDirectory(String(ResourceId));
    return { Tags: [...directory.tags].map(([Key, Value]) => ({ Key, Value })) };
  },

  AddIpRoutes({ DirectoryId, IpRoutes }) {
    const directory = directories.find(required(DirectoryId, 'DirectoryId'));
    if (directory === undefined) throw noDirectory(String(DirectoryId));
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
    directory.ipRoutes.push(...routes);
    setting.clock.at(now + 45_000, () => {
      for (const route of routes) route.status = 'Added';
    });
    return {};
  },

  ListIpRoutes({ DirectoryId, NextToken, Limit }) {
    const directory = directories.find(required(DirectoryId, 'DirectoryId'));
    if (directory === undefined) throw noDirectory(String(DirectoryId));
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
