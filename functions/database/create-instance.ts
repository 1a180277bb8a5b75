import {
  CreateDBInstanceCommand,
  type CreateDBInstanceCommandInput,
  type RDSClient,
  type Tag,
} from '@aws-sdk/client-rds';
import type { NewDatabase } from '../request/database.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { NotReady } from '../support/errors.ts';
import { type Domain, throwDomainRefusal } from './domain-refusal.ts';

interface Surroundings {
  readonly network: { readonly subnetGroupName: string | null; readonly securityGroupIds: readonly string[] };
  /** The directory to be created in, or null where the instance joins one later. */
  readonly domain: Domain | null;
  readonly tags: Tag[];
}

/** Encrypted, its master password kept by RDS; deletion protection comes last, so that a rollback can work. */
const creation = (
  database: NewDatabase,
  { network, domain, tags }: Surroundings,
): CreateDBInstanceCommandInput => ({
  DBInstanceIdentifier: database.identifier,
  DBInstanceClass: database.instanceClass,
  Engine: database.engine,
  EngineVersion: database.engineVersion ?? undefined,
  LicenseModel: 'license-included',
  AllocatedStorage: database.allocatedStorage,
  StorageType: database.storageType,
  Iops: database.iops ?? undefined,
  StorageEncrypted: true,
  KmsKeyId: database.kmsKeyId ?? undefined,
  MultiAZ: database.multiAz,
  Port: database.port,
  MasterUsername: database.masterUsername,
  ManageMasterUserPassword: true,
  DBSubnetGroupName: network.subnetGroupName ?? undefined,
  VpcSecurityGroupIds: [...network.securityGroupIds],
  PubliclyAccessible: false,
  AutoMinorVersionUpgrade: database.autoMinorVersionUpgrade,
  BackupRetentionPeriod: database.backupRetentionDays,
  CopyTagsToSnapshot: true,
  DeletionProtection: false,
  EnableCloudwatchLogsExports: database.logExports,
  Domain: domain?.directoryId,
  DomainIAMRoleName: domain?.roleName,
  Tags: tags,
});

/** Asks RDS for the instance, which then takes a quarter of an hour at least. */
export const createInstance = async (
  rds: RDSClient,
  database: NewDatabase,
  surroundings: Surroundings,
): Promise<never> => {
  const { identifier } = database;
  try {
    await rds.send(new CreateDBInstanceCommand(creation(database, surroundings)));
  } catch (error) {
    if (isAwsError(error, 'DBInstanceAlreadyExistsFault'))
      throw new NotReady(`RDS has the database instance ${identifier} and does not show it yet.`);
    if (surroundings.domain !== null) throwDomainRefusal(error, surroundings.domain);
    throw error;
  }
  throw new NotReady(`RDS has begun to create the database instance ${identifier}.`);
};
