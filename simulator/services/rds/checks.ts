import type { CreateDBInstanceMessage } from '@aws-sdk/client-rds';
import { ServiceError } from '../../wire/service-error.ts';
import type { Offers } from '../../world/databases/offers.ts';
import type { Domain, DomainCauses, InstanceSettings, SubnetGroup } from '../../world/databases.ts';
import type { Network } from '../../world/network.ts';
import type { Roles } from '../../world/roles.ts';
import { invalidCombination, invalidValue, needed, tagMap } from './answers.ts';

const directoryPolicyArn = 'arn:aws:iam::aws:policy/service-role/AmazonRDSDirectoryServiceAccess';

const identifierOf = (identifier: string): string => {
  if (!/^[a-z](-?[a-z0-9])*$/i.test(identifier) || identifier.length > 63)
    throw invalidValue(
      'The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter;' +
        ' must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two' +
        ' consecutive hyphens.',
    );
  return identifier.toLowerCase();
};

const versionOf = (offers: Offers, engine: string, asked: string | undefined): string => {
  if (offers.versionsOf(engine).length === 0) throw invalidValue(`Invalid DB engine: ${engine}`);
  const [version] = offers.versionsOf(engine, asked);
  if (version === undefined) throw invalidCombination(`Cannot find version ${asked} for ${engine}`);
  return version;
};

const checkOffer = (settings: InstanceSettings, offers: Offers): void => {
  const { engine, engineVersion, instanceClass, storageType, multiAz, allocatedStorage, iops } = settings;
  const offer = offers.all.find(
    (each) =>
      each.engine === engine &&
      each.engineVersion === engineVersion &&
      each.instanceClass === instanceClass &&
      each.storageType === storageType,
  );
  if (offer === undefined || (multiAz && !offer.multiAzCapable))
    throw invalidCombination(
      `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${instanceClass},` +
        ` Engine=${engine}, EngineVersion=${engineVersion}, LicenseModel=license-included, MultiAZ=${multiAz},` +
        ` StorageType=${storageType}.`,
    );
  if (allocatedStorage < offer.leastStorage || allocatedStorage > 16_384)
    throw invalidValue(
      `Invalid storage size for engine name ${engine} and storage type ${storageType}: ${allocatedStorage}`,
    );
  if (storageType.startsWith('io') && iops === null)
    throw invalidCombination(`You must specify Iops with storage type ${storageType}.`);
};

/** Refuses a domain whose directory is not Active, or whose role RDS cannot take on. */
export const checkDomain = (domain: Domain, causes: DomainCauses, roles: Roles): void => {
  if (causes.activeDirectory(domain.directoryId) === null)
    throw new ServiceError(
      'DomainNotFoundFault',
      `The domain ${domain.directoryId} was not found, or it is not active.`,
      {},
      404,
    );
  if (roles.usable(domain.roleName, 'rds.amazonaws.com', directoryPolicyArn) !== true)
    throw invalidCombination(
      'IAM role provided is not valid, please check that the role exists and has the correct policies',
    );
};

export const domainOf = (input: {
  readonly Domain?: string | undefined;
  readonly DomainIAMRoleName?: string | undefined;
}): Domain | null => {
  if (input.Domain === undefined) return null;
  if (input.DomainIAMRoleName === undefined)
    throw invalidCombination('You must specify DomainIAMRoleName with Domain.');
  return { directoryId: input.Domain, roleName: input.DomainIAMRoleName };
};

const passwordOf = ({ ManageMasterUserPassword, MasterUserPassword }: CreateDBInstanceMessage) => {
  if (ManageMasterUserPassword === true) {
    if (MasterUserPassword !== undefined)
      throw invalidCombination(
        'You cannot specify MasterUserPassword when ManageMasterUserPassword is true.',
      );
    return null;
  }
  const password = needed(MasterUserPassword, 'MasterUserPassword');
  if (!/^[ -~]{8,128}$/.test(password) || /[/"@]/.test(password))
    throw invalidValue('The parameter MasterUserPassword is not a valid password.');
  return password;
};

const portOf = (port: number): number => {
  if (port < 1150 || port > 65_535) throw invalidValue(`Invalid port ${port}.`);
  return port;
};

/** The settings of a new instance, with RDS's own defaults and rules. */
export const settingsOf = (input: CreateDBInstanceMessage, offers: Offers): InstanceSettings => {
  const identifier = identifierOf(needed(input.DBInstanceIdentifier, 'DBInstanceIdentifier'));
  const engine = needed(input.Engine, 'Engine');
  if (input.DBName !== undefined) throw invalidValue(`DBName must be null for engine: ${engine}`);
  if ((input.LicenseModel ?? 'license-included') !== 'license-included')
    throw invalidCombination(`Invalid license model ${input.LicenseModel} for engine ${engine}.`);
  const settings: InstanceSettings = {
    identifier,
    engine,
    engineVersion: versionOf(offers, engine, input.EngineVersion),
    instanceClass: needed(input.DBInstanceClass, 'DBInstanceClass'),
    allocatedStorage: needed(input.AllocatedStorage, 'AllocatedStorage'),
    storageType: input.StorageType ?? 'gp3',
    iops: input.Iops ?? null,
    multiAz: input.MultiAZ ?? false,
    encrypted: input.StorageEncrypted ?? false,
    kmsKeyId: input.KmsKeyId ?? null,
    masterUsername: needed(input.MasterUsername, 'MasterUsername'),
    masterPassword: passwordOf(input),
    port: portOf(input.Port ?? 1433),
    subnetGroupName: (input.DBSubnetGroupName ?? 'default').toLowerCase(),
    securityGroupIds: needed(input.VpcSecurityGroupIds, 'VpcSecurityGroupIds'),
    publiclyAccessible: input.PubliclyAccessible ?? false,
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    backupRetentionDays: input.BackupRetentionPeriod ?? 1,
    deletionProtection: input.DeletionProtection ?? false,
    copyTagsToSnapshot: input.CopyTagsToSnapshot ?? false,
    logExports: input.EnableCloudwatchLogsExports ?? [],
    tags: tagMap(input.Tags),
  };
  checkOffer(settings, offers);
  return settings;
};

/** Refuses security groups that are not there, or not in the VPC of the subnets. */
export const checkSecurityGroups = (
  ids: readonly string[],
  { vpcId }: SubnetGroup,
  network: Network,
): void => {
  for (const id of ids) {
    const group = network.securityGroups.get(id);
    if (group === undefined) throw invalidValue(`Invalid security group , groupId= ${id}, groupName=.`);
    if (group.vpcId !== vpcId)
      throw invalidCombination(
        `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcId} and the EC2 security group is in ${group.vpcId}`,
      );
  }
};
