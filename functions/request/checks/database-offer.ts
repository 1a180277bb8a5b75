import {
  DescribeDBEngineVersionsCommand,
  type OrderableDBInstanceOption,
  paginateDescribeOrderableDBInstanceOptions,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { Finding } from '../../support/finding.ts';
import type { NewDatabase } from '../database.ts';
import { problem } from './findings.ts';

const defaultVersion = async (client: RDSClient, engine: string): Promise<string | undefined> => {
  const command = new DescribeDBEngineVersionsCommand({ Engine: engine, DefaultOnly: true });
  const { DBEngineVersions = [] } = await client.send(command);
  return DBEngineVersions[0]?.EngineVersion;
};

const optionsOf = async (
  client: RDSClient,
  { engine, instanceClass }: NewDatabase,
  version: string | undefined,
): Promise<readonly OrderableDBInstanceOption[]> => {
  const options: OrderableDBInstanceOption[] = [];
  const pages = paginateDescribeOrderableDBInstanceOptions(
    { client },
    {
      Engine: engine,
      EngineVersion: version,
      DBInstanceClass: instanceClass,
      LicenseModel: 'license-included',
    },
  );
  for await (const { OrderableDBInstanceOptions = [] } of pages) options.push(...OrderableDBInstanceOptions);
  return options;
};

/** Whether RDS offers the engine, version and class at all, and with what the database is to have. */
export const databaseOffer = async (
  client: RDSClient,
  database: NewDatabase,
  zones: ReadonlySet<string>,
): Promise<readonly Finding[]> => {
  const { engine, instanceClass, storageType, allocatedStorage, multiAz } = database;
  const version = database.engineVersion ?? (await defaultVersion(client, engine));
  const all = await optionsOf(client, database, version);
  const what = `${instanceClass} with ${engine} ${version}`;
  if (all.length === 0)
    return [
      problem(
        'class-not-offered',
        `RDS does not offer ${what} in this Region. Choose another database.instanceClass or engineVersion.`,
      ),
    ];
  const options = all.filter(({ StorageType }) => StorageType === storageType);
  if (options.length === 0)
    return [
      problem(
        'storage-type-not-offered',
        `RDS offers ${what} with ${[...new Set(all.map(({ StorageType }) => StorageType))].join(', ')}, not with ${storageType}. Choose another database.storageType.`,
      ),
    ];
  const least = Math.min(...options.map(({ MinStorageSize = 0 }) => MinStorageSize));
  const most = Math.max(...options.map(({ MaxStorageSize = Number.POSITIVE_INFINITY }) => MaxStorageSize));
  const offered = options.flatMap(({ AvailabilityZones = [] }) => AvailabilityZones.map(({ Name }) => Name));
  const usable = [...zones].filter((zone) => offered.includes(zone));
  const needed = multiAz ? 2 : 1;
  const another = 'Choose another database.instanceClass, engine or engineVersion.';
  const judged = [
    {
      code: 'multi-az-not-offered',
      fits: !multiAz || options.some(({ MultiAZCapable }) => MultiAZCapable),
      message: `RDS does not run ${what} in two zones. Write "multiAz": false, or choose another class or engine.`,
    },
    {
      code: 'encryption-not-offered',
      fits: options.some(({ SupportsStorageEncryption }) => SupportsStorageEncryption),
      message: `RDS does not encrypt the storage of ${what}, and Forestbridge makes no database without. ${another}`,
    },
    {
      code: 'kerberos-not-offered',
      fits: options.some(({ SupportsKerberosAuthentication }) => SupportsKerberosAuthentication),
      message: `RDS does not join ${what} to a domain. ${another}`,
    },
    {
      code: 'storage-size-not-offered',
      fits: least <= allocatedStorage && allocatedStorage <= most,
      message: `RDS offers ${what} on ${storageType} with ${least} to ${most} GiB, not with ${allocatedStorage}. Write another database.allocatedStorage.`,
    },
    {
      code: 'zones-not-offered',
      fits: zones.size === 0 || usable.length >= needed,
      message: `RDS offers ${what} in ${[...new Set(offered)].join(', ')}; of the zones of database.subnetIds, ${[...zones].join(', ')}, it needs ${needed} of these. Name subnets of other zones, or choose another class.`,
    },
  ];
  return judged.filter(({ fits }) => !fits).map(({ code, message }) => problem(code, message));
};
