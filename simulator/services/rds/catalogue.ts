import type * as Rds from '@aws-sdk/client-rds';
import type { Operations } from '../../wire/operations.ts';
import type { Offer } from '../../world/databases/offers.ts';
import { invalidValue, needed, page } from './answers.ts';
import type { RdsWorld } from './rds-world.ts';

const asked = (wanted: string | undefined, given: string): boolean =>
  wanted === undefined || wanted === given;

const engineVersion = (engine: string, version: string): Rds.DBEngineVersion => ({
  Engine: engine,
  EngineVersion: version,
  MajorEngineVersion: version.slice(0, 5),
  DBParameterGroupFamily: `${engine}-${version.slice(0, 4)}`,
  DBEngineDescription: 'Microsoft SQL Server',
  Status: 'available',
});

/** What RDS offers. */
export const catalogue = ({ network, databases: { offers } }: RdsWorld): Operations<typeof Rds> => {
  const option = (offer: Offer): Rds.OrderableDBInstanceOption => ({
    Engine: offer.engine,
    EngineVersion: offer.engineVersion,
    DBInstanceClass: offer.instanceClass,
    LicenseModel: 'license-included',
    StorageType: offer.storageType,
    MinStorageSize: offer.leastStorage,
    MaxStorageSize: 16_384,
    MultiAZCapable: offer.multiAzCapable,
    SupportsStorageEncryption: true,
    SupportsKerberosAuthentication: true,
    SupportsIops: offer.storageType !== 'gp2',
    AvailabilityZones: [...new Set([...network.subnets.values()].map(({ zone }) => zone))].map((Name) => ({
      Name,
    })),
    Vpc: true,
  });

  return {
    DescribeOrderableDBInstanceOptions(input) {
      const engine = needed(input.Engine, 'Engine');
      const found = offers.all.filter(
        (offer) =>
          offer.engine === engine &&
          asked(input.EngineVersion, offer.engineVersion) &&
          asked(input.DBInstanceClass, offer.instanceClass) &&
          asked(input.LicenseModel, 'license-included'),
      );
      const { things, ...rest } = page(found, input);
      return { OrderableDBInstanceOptions: things.map(option), ...rest };
    },

    DescribeDBEngineVersions(input) {
      const engine = needed(input.Engine, 'Engine');
      const all = offers.versionsOf(engine, input.EngineVersion);
      if (all.length === 0 && input.EngineVersion === undefined)
        throw invalidValue(`Invalid DB engine: ${engine}`);
      const { things, ...rest } = page(input.DefaultOnly ? all.slice(0, 1) : all, input);
      return { DBEngineVersions: things.map((version) => engineVersion(engine, version)), ...rest };
    },
  };
};
