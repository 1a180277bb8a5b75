import {
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeOrderableDBInstanceOptionsCommand,
  paginateDescribeOrderableDBInstanceOptions,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../support/rds-account.ts';

describe('the catalogue', () => {
  it.each([
    ['sqlserver-ee', 'db.r6i.xlarge', true],
    ['sqlserver-se', 'db.m5.large', true],
    ['sqlserver-web', 'db.t3.small', false],
    ['sqlserver-ex', 'db.t3.small', false],
  ])('offers %s on %s', async (Engine, DBInstanceClass, MultiAZCapable) => {
    const { client } = await prepare();
    const asked = {
      Engine,
      DBInstanceClass,
      EngineVersion: '16.00.4245.2.v1',
      LicenseModel: 'license-included',
    };

    const { OrderableDBInstanceOptions: options } = await client.send(
      new DescribeOrderableDBInstanceOptionsCommand(asked),
    );

    expect(options?.map(({ StorageType }) => StorageType)).toEqual(['gp2', 'gp3', 'io1', 'io2']);
    expect(options?.[0]).toMatchObject({
      MultiAZCapable,
      SupportsStorageEncryption: true,
      SupportsKerberosAuthentication: true,
      MinStorageSize: 20,
      AvailabilityZones: [{ Name: 'eu-west-1a' }, { Name: 'eu-west-1b' }],
    });
  });

  it('offers no large class of Enterprise Edition', async () => {
    const { client } = await prepare();
    const asked = { Engine: 'sqlserver-ee', DBInstanceClass: 'db.m5.large' };

    await expect(client.send(new DescribeOrderableDBInstanceOptionsCommand(asked))).resolves.toMatchObject({
      OrderableDBInstanceOptions: [],
    });
  });

  it('is handed out page by page, each offer once', async () => {
    const { client } = await prepare();
    const seen: string[] = [];
    const pages = paginateDescribeOrderableDBInstanceOptions(
      { client, pageSize: 50 },
      { Engine: 'sqlserver-se' },
    );
    for await (const { OrderableDBInstanceOptions: options = [] } of pages)
      seen.push(...options.map((option) => JSON.stringify(option)));

    expect(seen.length).toBeGreaterThan(100);
    expect(new Set(seen).size).toBe(seen.length);
    for (const input of [{ MaxRecords: 19 }, { MaxRecords: 101 }, { Marker: 'x' }])
      await expect(client.send(new DescribeDBInstancesCommand(input))).rejects.toMatchObject({
        name: 'InvalidParameterValue',
      });
  });

  it('knows the versions of an engine, the newest as the default', async () => {
    const { client } = await prepare();
    const versions = async (input: object) => {
      const { DBEngineVersions } = await client.send(
        new DescribeDBEngineVersionsCommand({ Engine: 'sqlserver-se', ...input }),
      );
      return DBEngineVersions?.map(({ EngineVersion }) => EngineVersion);
    };

    expect(await versions({ DefaultOnly: true })).toEqual(['16.00.4245.2.v1']);
    expect(await versions({ EngineVersion: '15.00' })).toEqual(['15.00.4455.2.v1']);
    expect(await versions({ EngineVersion: '11.00' })).toEqual([]);
    await expect(versions({ Engine: 'mysql' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});
