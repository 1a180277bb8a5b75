import type * as Rds from '@aws-sdk/client-rds';
import type { Operations } from '../../wire/operations.ts';
import { ServiceError } from '../../wire/service-error.ts';
import type { Databases, Instance } from '../../world/databases.ts';
import { describeInstance, invalidCombination, invalidValue, needed, page, refuseOthers } from './answers.ts';
import { checkDomain, checkSecurityGroups, domainOf, settingsOf } from './checks.ts';
import type { RdsWorld } from './rds-world.ts';
import { noSubnetGroup } from './subnet-groups.ts';

const greatestCount = 40;

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));
const creatable = words(`DBInstanceIdentifier DBInstanceClass Engine EngineVersion LicenseModel DBName Port
  AllocatedStorage StorageType Iops StorageEncrypted KmsKeyId MultiAZ Tags MasterUsername MasterUserPassword
  ManageMasterUserPassword DBSubnetGroupName VpcSecurityGroupIds PubliclyAccessible AutoMinorVersionUpgrade
  BackupRetentionPeriod DeletionProtection CopyTagsToSnapshot EnableCloudwatchLogsExports Domain
  DomainIAMRoleName`);
const modifiable = words(
  'DBInstanceIdentifier ApplyImmediately DeletionProtection DBInstanceClass Domain DomainIAMRoleName',
);

const filters: Readonly<Record<string, (instance: Instance) => string | undefined>> = {
  'db-instance-id': ({ identifier }) => identifier,
  'dbi-resource-id': ({ resourceId }) => resourceId,
  domain: ({ membership }) => membership?.directoryId,
  engine: ({ engine }) => engine,
};

const matching = (instances: readonly Instance[], asked: readonly Rds.Filter[] | undefined) => {
  const tests = (asked ?? []).map(({ Name, Values }) => {
    const fact = filters[needed(Name, 'Name')];
    if (fact === undefined) throw invalidValue(`Unrecognized filter name: ${Name}`);
    return (instance: Instance) => Values?.includes(fact(instance) ?? '') ?? false;
  });
  return instances.filter((instance) => tests.every((test) => test(instance)));
};

const wrongState = (): ServiceError =>
  new ServiceError('InvalidDBInstanceState', 'Database instance is not in available state.');

/** The instance of that identifier, by whatever letters' case. */
const known = (databases: Databases, identifier: string | undefined): Instance => {
  const instance = databases.find(needed(identifier, 'DBInstanceIdentifier'));
  if (instance === undefined)
    throw new ServiceError('DBInstanceNotFound', `DBInstance ${identifier} not found.`, {}, 404);
  return instance;
};

/** The operations on instances. */
export const instances = ({ databases, network, roles, causes }: RdsWorld): Operations<typeof Rds> => {
  const describe = (instance: Instance): Rds.DBInstance =>
    describeInstance(instance, databases.subnetGroups.get(instance.subnetGroupName), network);

  const changeDomain = (instance: Instance, input: Rds.ModifyDBInstanceMessage): void => {
    const immediately = input.ApplyImmediately ?? false;
    const { membership, asked } = instance;
    if (input.Domain === 'none') {
      if (membership !== null && asked !== 'none')
        databases.memberships.leave(instance, membership, immediately);
      return;
    }
    const domain = domainOf(input);
    if (domain === null) return;
    checkDomain(domain, causes, roles);
    const current = asked ?? (membership?.status === 'failed' ? null : membership);
    if (current === 'none' || (current !== null && current.directoryId !== domain.directoryId))
      throw invalidCombination('The DB instance is in another domain. Remove it from there first.');
    if (current === null || membership?.status === 'pending-maintenance-join')
      databases.memberships.join(instance, domain, immediately);
  };

  return {
    CreateDBInstance(input) {
      refuseOthers(input, creatable);
      const settings = settingsOf(input, databases.offers);
      if (databases.find(settings.identifier) !== undefined)
        throw new ServiceError('DBInstanceAlreadyExists', 'DB instance already exists');
      if (databases.all.length >= greatestCount)
        throw new ServiceError('InstanceQuotaExceeded', 'DB Instance quota exceeded');
      const group = databases.subnetGroups.get(settings.subnetGroupName);
      if (group === undefined) throw noSubnetGroup(settings.subnetGroupName);
      checkSecurityGroups(settings.securityGroupIds, group, network);
      const domain = domainOf(input);
      if (domain !== null) checkDomain(domain, causes, roles);
      return { DBInstance: describe(databases.create(settings, domain)) };
    },

    DescribeDBInstances(input) {
      const { DBInstanceIdentifier: identifier, Filters } = input;
      const asked = identifier === undefined ? databases.all : [known(databases, identifier)];
      const { things, ...rest } = page(matching(asked, Filters), input);
      return { DBInstances: things.map(describe), ...rest };
    },

    ModifyDBInstance(input) {
      refuseOthers(input, modifiable);
      const instance = known(databases, input.DBInstanceIdentifier);
      if (instance.status !== 'available') throw wrongState();
      changeDomain(instance, input);
      if (input.DeletionProtection !== undefined) instance.deletionProtection = input.DeletionProtection;
      if (input.DBInstanceClass !== undefined && input.DBInstanceClass !== instance.instanceClass)
        databases.changeClass(instance, input.DBInstanceClass, input.ApplyImmediately ?? false);
      return { DBInstance: describe(instance) };
    },

    RebootDBInstance({ DBInstanceIdentifier }) {
      const instance = known(databases, DBInstanceIdentifier);
      if (instance.status !== 'available' || instance.asked !== null) throw wrongState();
      databases.reboot(instance);
      return { DBInstance: describe(instance) };
    },

    DeleteDBInstance(input) {
      const instance = known(databases, input.DBInstanceIdentifier);
      if (instance.deletionProtection)
        throw invalidCombination(
          'Cannot delete protected DB Instance, please disable deletion protection and try again.',
        );
      if (instance.status === 'deleting')
        throw new ServiceError(
          'InvalidDBInstanceState',
          `Instance ${instance.identifier} is already being deleted.`,
        );
      if (!input.SkipFinalSnapshot && input.FinalDBSnapshotIdentifier === undefined)
        throw invalidCombination(
          'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
        );
      databases.delete(instance);
      return { DBInstance: describe(instance) };
    },
  };
};
