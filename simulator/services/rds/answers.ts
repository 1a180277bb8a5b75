import type * as Rds from '@aws-sdk/client-rds';
import { ServiceError } from '../../wire/service-error.ts';
import type { Instance, SubnetGroup } from '../../world/databases.ts';
import type { Network } from '../../world/network.ts';

export const invalidValue = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValue', message);

export const invalidCombination = (message: string): ServiceError =>
  new ServiceError('InvalidParameterCombination', message);

export const needed = <Value>(value: Value | undefined, name: string): Value => {
  if (value === undefined)
    throw new ServiceError('MissingParameter', `The request must contain the parameter ${name}.`);
  return value;
};

/** Refuses what the simulated RDS would have to pass over in silence. */
export const refuseOthers = (input: object, known: ReadonlySet<string>): void => {
  const others = Object.entries(input).flatMap(([name, value]) =>
    value === undefined || known.has(name) ? [] : [name],
  );
  if (others.length > 0) throw invalidCombination(`The simulator's RDS does not know ${others.join(', ')}.`);
};

/** One page of an answer, and the marker of the next. */
export const page = <Thing>(
  things: readonly Thing[],
  { MaxRecords, Marker }: { MaxRecords?: number | undefined; Marker?: string | undefined },
): { readonly things: Thing[]; readonly Marker?: string } => {
  const size = MaxRecords ?? 100;
  if (size < 20 || size > 100)
    throw invalidValue(`Invalid value ${size} for MaxRecords. Must be between 20 and 100`);
  const start = Number(Marker ?? 0);
  if (!Number.isInteger(start)) throw invalidValue('The parameter Marker is not valid.');
  const end = start + size;
  return { things: things.slice(start, end), ...(end < things.length ? { Marker: String(end) } : {}) };
};

export const tagMap = (tags: readonly Rds.Tag[] | undefined): Map<string, string> =>
  new Map(tags?.map(({ Key, Value }) => [needed(Key, 'Key'), Value ?? '']));

export const tagList = (tags: ReadonlyMap<string, string>): Rds.Tag[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));

export const describeSubnetGroup = (group: SubnetGroup, network: Network): Rds.DBSubnetGroup => ({
  DBSubnetGroupName: group.name,
  DBSubnetGroupArn: group.arn,
  DBSubnetGroupDescription: group.description,
  VpcId: group.vpcId,
  SubnetGroupStatus: 'Complete',
  SupportedNetworkTypes: ['IPV4'],
  Subnets: group.subnetIds.map((SubnetIdentifier) => ({
    SubnetIdentifier,
    SubnetStatus: 'Active',
    SubnetAvailabilityZone: { Name: network.subnets.get(SubnetIdentifier)?.zone },
  })),
});

const memberships = ({ membership }: Instance): Rds.DomainMembership[] =>
  membership === null
    ? []
    : [
        {
          Domain: membership.directoryId,
          FQDN: membership.domainName,
          IAMRoleName: membership.roleName,
          Status: membership.status,
        },
      ];

export const describeInstance = (
  instance: Instance,
  group: SubnetGroup | undefined,
  network: Network,
): Rds.DBInstance => ({
  DBInstanceIdentifier: instance.identifier,
  DBInstanceArn: instance.arn,
  DbiResourceId: instance.resourceId,
  DBInstanceClass: instance.instanceClass,
  DBInstanceStatus: instance.status,
  Engine: instance.engine,
  EngineVersion: instance.engineVersion,
  LicenseModel: 'license-included',
  MasterUsername: instance.masterUsername,
  MasterUserSecret:
    instance.masterSecret === null
      ? undefined
      : { SecretArn: instance.masterSecret.arn, SecretStatus: instance.masterSecret.status },
  Endpoint: instance.hostName === null ? undefined : { Address: instance.hostName, Port: instance.port },
  AllocatedStorage: instance.allocatedStorage,
  StorageType: instance.storageType,
  Iops: instance.iops ?? undefined,
  StorageEncrypted: instance.encrypted,
  KmsKeyId: instance.kmsKeyId ?? undefined,
  InstanceCreateTime: new Date(instance.createdAt),
  BackupRetentionPeriod: instance.backupRetentionDays,
  MultiAZ: instance.multiAz,
  PubliclyAccessible: instance.publiclyAccessible,
  AutoMinorVersionUpgrade: instance.autoMinorVersionUpgrade,
  CopyTagsToSnapshot: instance.copyTagsToSnapshot,
  DeletionProtection: instance.deletionProtection,
  EnabledCloudwatchLogsExports: [...instance.logExports],
  VpcSecurityGroups: instance.securityGroupIds.map((VpcSecurityGroupId) => ({
    VpcSecurityGroupId,
    Status: 'active',
  })),
  DBSubnetGroup: group && describeSubnetGroup(group, network),
  PendingModifiedValues:
    instance.pendingInstanceClass === null ? {} : { DBInstanceClass: instance.pendingInstanceClass },
  DomainMemberships: memberships(instance),
  TagList: tagList(instance.tags),
});
