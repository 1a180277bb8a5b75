import type { OrderableDBInstanceOption } from '@aws-sdk/client-rds';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';

const request = example('one-way-forest');
const what = 'db.r6i.xlarge with sqlserver-se 16.00.4245.2.v1';
const AvailabilityZones = [{ Name: 'eu-central-1a' }, { Name: 'eu-central-1b' }];

/** One of the options that RDS offers for the request. */
const option = (change: OrderableDBInstanceOption = {}): OrderableDBInstanceOption => ({
  Engine: 'sqlserver-se',
  EngineVersion: '16.00.4245.2.v1',
  DBInstanceClass: 'db.r6i.xlarge',
  StorageType: 'gp3',
  MinStorageSize: 20,
  MaxStorageSize: 16_384,
  MultiAZCapable: true,
  SupportsStorageEncryption: true,
  SupportsKerberosAuthentication: true,
  AvailabilityZones,
  ...change,
});

/** What is found where RDS offers that. */
const found = ({ altering, findings }: PreflightAccount, options: readonly object[] | undefined) => {
  altering('DescribeOrderableDBInstanceOptions', { OrderableDBInstanceOptions: options });
  return findings();
};

describe('what RDS offers', () => {
  let account: PreflightAccount;
  let inTwoZones: PreflightAccount;
  beforeAll(async () => {
    account = await preflightAccount(request);
    inTwoZones = await preflightAccount(changed(request, ['database', 'multiAz'], true));
  });
  it.each([
    ['what is asked for', [option()]],
    [
      'it beside other things',
      [option({ StorageType: 'io1', SupportsKerberosAuthentication: false }), option()],
    ],
    ['it in one option of several', [option({ SupportsStorageEncryption: false }), option()]],
    ['it in one zone of the two', [option({ AvailabilityZones: [{ Name: 'eu-central-1b' }] })]],
    ['just that much storage', [option({ MinStorageSize: 200, MaxStorageSize: 200 })]],
    ['any amount of storage', [option({ MinStorageSize: undefined, MaxStorageSize: undefined })]],
    ['less here and more there', [option({ MaxStorageSize: 100 }), option({ MinStorageSize: 150 })]],
    ['it in one zone at a time', [option({ MultiAZCapable: false })]],
  ])('may be %s', async (_name, options) => {
    expect(await found(account, options)).toEqual([]);
  });

  it.each([
    ['nothing', [], 'class-not-offered', `RDS does not offer ${what} in this Region.`],
    ['nothing at all', undefined, 'class-not-offered', `does not offer ${what}`],
    [
      'other storage',
      [option({ StorageType: 'gp2' }), option({ StorageType: 'io1' }), option({ StorageType: 'gp2' })],
      'storage-type-not-offered',
      `RDS offers ${what} with gp2, io1, not with gp3.`,
    ],
    [
      'no encryption',
      [option({ SupportsStorageEncryption: false })],
      'encryption-not-offered',
      `does not encrypt the storage of ${what}`,
    ],
    [
      'no domain',
      [option({ SupportsKerberosAuthentication: false })],
      'kerberos-not-offered',
      `does not join ${what} to a domain`,
    ],
    [
      'too little storage',
      [option({ MaxStorageSize: 199 }), option({ MinStorageSize: 30, MaxStorageSize: 100 })],
      'storage-size-not-offered',
      `offers ${what} on gp3 with 20 to 199 GiB, not with 200.`,
    ],
    [
      'only much storage',
      [option({ MinStorageSize: 201 })],
      'storage-size-not-offered',
      'with 201 to 16384 GiB, not with 200.',
    ],
    [
      'it in other zones',
      [
        option({ AvailabilityZones: [{ Name: 'eu-central-1c' }] }),
        option({ AvailabilityZones: [{ Name: 'eu-central-1c' }] }),
      ],
      'zones-not-offered',
      `offers ${what} in eu-central-1c; of the zones of database.subnetIds, eu-central-1a, eu-central-1b, it needs 1 of these.`,
    ],
    ['it nowhere', [option({ AvailabilityZones: undefined })], 'zones-not-offered', 'it needs 1 of these'],
  ])('is not enough where it is %s', async (_name, options, code, words) => {
    expect(await found(account, options)).toEqual([
      { level: 'error', code, message: expect.stringContaining(words) },
    ]);
  });

  it('has to include two zones at once, and both of these, for a database in two', async () => {
    expect(await found(inTwoZones, [option()])).toEqual([]);
    expect(await found(inTwoZones, [option({ MultiAZCapable: false })])).toEqual([
      {
        level: 'error',
        code: 'multi-az-not-offered',
        message: `RDS does not run ${what} in two zones. Write "multiAz": false, or choose another class or engine.`,
      },
    ]);
    expect(await found(inTwoZones, [option({ AvailabilityZones: [{ Name: 'eu-central-1b' }] })])).toEqual([
      {
        level: 'error',
        code: 'zones-not-offered',
        message: expect.stringContaining('it needs 2 of these'),
      },
    ]);
  });

  it('has all that it lacks named', async () => {
    const bare = { StorageType: 'gp3', AvailabilityZones: [] };

    expect((await found(inTwoZones, [bare])).map(({ code }) => code)).toEqual([
      'multi-az-not-offered',
      'encryption-not-offered',
      'kerberos-not-offered',
      'zones-not-offered',
    ]);
  });

  it('is no matter of zones where none of the subnets is there', async () => {
    account.disturb(async (call, answer) => {
      if (call.operation === 'DescribeSubnets') return {};
      return call.operation === 'DescribeOrderableDBInstanceOptions'
        ? { OrderableDBInstanceOptions: [option({ AvailabilityZones: [] })] }
        : answer();
    });

    expect((await account.findings()).map(({ code }) => code)).not.toContain('zones-not-offered');
  });
});

/** What RDS is asked for, where it has these versions. */
const askedOf = async (engineVersion: string | undefined, versions: object) => {
  const account = await preflightAccount(changed(request, ['database', 'engineVersion'], engineVersion));
  const asked: unknown[] = [];
  account.disturb((call, answer) => {
    if (call.operation === 'DescribeOrderableDBInstanceOptions') asked.push(call.input);
    return call.operation === 'DescribeDBEngineVersions' ? Promise.resolve(versions) : answer();
  });
  await account.findings();
  return asked;
};

describe('what RDS is asked for', () => {
  const asked = {
    Engine: 'sqlserver-se',
    DBInstanceClass: 'db.r6i.xlarge',
    LicenseModel: 'license-included',
  };

  it('is the version of the request', async () => {
    expect(await askedOf('15.00.4455.2.v1', {})).toEqual([{ ...asked, EngineVersion: '15.00.4455.2.v1' }]);
  });

  it('is the default version where the request leaves it to RDS', async () => {
    const versions = { DBEngineVersions: [{ EngineVersion: '16.00.4245.2.v1' }] };

    expect(await askedOf(undefined, versions)).toEqual([{ ...asked, EngineVersion: '16.00.4245.2.v1' }]);
    expect(await askedOf(undefined, {})).toEqual([asked]);
  });
});
