import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { ensureInstance } from '../../../functions/database/ensure-instance.ts';
import { joinDomain } from '../../../functions/database/join-domain.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import {
  type DatabaseAccount,
  databaseAccount,
  directoryId,
  existingDatabase,
  newDatabase,
  policyArn,
  roleName,
  settings,
} from '../../support/database-account.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

const inputFor = ({ securityGroupId }: DatabaseAccount, change: object = {}) => ({
  database: newDatabase,
  network: { subnetGroupName: 'forestbridge-orders', securityGroupIds: [securityGroupId] },
  directoryId: null,
  tags: { team: 'orders' },
  ...change,
});

/** How far the ledger got with the instance. */
type Entered = 'not' | 'begun' | 'made';

const untagged: ReadonlyMap<string, string> = new Map();
const ours = new Map([['forestbridge:request', 'orders']]);

const prepare = async (change: object = {}) => {
  const account = await databaseAccount();
  return { account, input: inputFor(account, change) };
};

/** An account with an instance of that identifier, made as the ledger says and tagged so. */
const withInstance = async (tags: ReadonlyMap<string, string>, entered: Entered, change: object = {}) => {
  const { account, input } = await prepare();
  const instance = account.databases.place({ ...settings, tags, ...change }, null);
  if (entered !== 'not') await account.ledger.making('instance', 'orders');
  if (entered === 'made') await account.ledger.made('instance', 'orders', instance.resourceId);
  account.calls.length = 0;
  return { account, input, instance };
};

const described = async ({ configuration }: DatabaseAccount) => {
  const { DBInstances } = await new RDSClient(configuration).send(new DescribeDBInstancesCommand({}));
  return DBInstances?.[0] ?? {};
};

describe('ensure-instance', () => {
  it('creates an encrypted instance whose password RDS keeps, and waits until it is available', async () => {
    const { account, input } = await prepare();

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: 'RDS has begun to create the database instance orders.',
    });
    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: 'The database instance orders is creating, not yet available.',
    });
    expect(account.calls.slice(-2)).toEqual(['rds:CreateDBInstance', 'rds:DescribeDBInstances']);
    const output = await account.settle(ensureInstance, input);

    const made = await described(account);
    expect(output).toEqual({
      identifier: 'orders',
      arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
      endpoint: made.Endpoint?.Address,
      port: 1433,
      engine: 'sqlserver-se',
      masterUserSecretArn: made.MasterUserSecret?.SecretArn,
      membership: null,
    });
    expect(made).toMatchObject({
      DBInstanceClass: 'db.r6i.large',
      EngineVersion: '16.00.4245.2.v1',
      AllocatedStorage: 100,
      StorageType: 'gp3',
      StorageEncrypted: true,
      MultiAZ: false,
      MasterUsername: 'admin',
      BackupRetentionPeriod: 7,
      CopyTagsToSnapshot: true,
      DeletionProtection: false,
      PubliclyAccessible: false,
      DomainMemberships: [],
      DBSubnetGroup: { DBSubnetGroupName: 'forestbridge-orders' },
      VpcSecurityGroups: [{ VpcSecurityGroupId: account.securityGroupId }],
      TagList: [
        { Key: 'team', Value: 'orders' },
        { Key: 'forestbridge:request', Value: 'orders' },
      ],
    });
    expect(await account.ledger.find('instance', 'orders')).toMatchObject({
      id: account.databases.all[0]?.resourceId,
    });
  });

  it('hands on what the request chooses', async () => {
    const database = {
      ...newDatabase,
      engineVersion: '15.00.4455.2.v1',
      storageType: 'io1',
      iops: 2000,
      multiAz: true,
      kmsKeyId: 'alias/databases',
      port: 1500,
      logExports: ['error'],
      autoMinorVersionUpgrade: false,
    };
    const { account, input } = await prepare({ database });

    await account.settle(ensureInstance, input);

    expect(await described(account)).toMatchObject({
      EngineVersion: '15.00.4455.2.v1',
      StorageType: 'io1',
      Iops: 2000,
      MultiAZ: true,
      KmsKeyId: 'alias/databases',
      Endpoint: { Port: 1500 },
      EnabledCloudwatchLogsExports: ['error'],
      AutoMinorVersionUpgrade: false,
    });
  });

  it('is created in the directory where that is there already', async () => {
    const { account, input } = await prepare({ directoryId });

    const output = await account.settle(ensureInstance, input);

    expect(output).toMatchObject({ membership: { directoryId, status: 'joined' } });
    expect((await described(account)).DomainMemberships).toMatchObject([{ IAMRoleName: roleName }]);
  });

  it('writes nothing for an instance that is finished', async () => {
    const { account, input } = await prepare();
    const first = await account.settle(ensureInstance, input);
    account.calls.length = 0;

    const second = await account.run(ensureInstance, input);

    expect(second).toEqual(first);
    expect(account.calls).toEqual(['rds:DescribeDBInstances', 'dynamodb:GetItem', 'dynamodb:GetItem']);
  });

  it('waits for a role that is too new for RDS, and says what it must be', async () => {
    const { account, input } = await prepare({ directoryId });
    account.roles.find(roleName)?.managedPolicyArns.delete(policyArn);

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(
        /cannot use the role forestbridge-rds: IAM role provided.*AmazonRDSDirectoryServiceAccess/,
      ),
    });

    account.roles.find(roleName)?.managedPolicyArns.add(policyArn);
    await expect(account.settle(ensureInstance, input)).resolves.toMatchObject({ identifier: 'orders' });
  });

  it('waits for a directory that RDS does not find yet', async () => {
    const { account, input } = await prepare({ directoryId });
    account.directories.active = [];

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('RDS does not find the directory d-1234567890'),
    });
  });

  it('leaves it to RDS to refuse a VPC without a default subnet group', async () => {
    const { account, input } = await prepare({
      network: { subnetGroupName: null, securityGroupIds: ['sg-1'] },
    });

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining("DB subnet group 'default' does not exist"),
    });
  });

  it.each([directoryId, null])('fails with what RDS refuses (directory %s)', async (directory) => {
    const { account, input } = await prepare({
      directoryId: directory,
      database: { ...newDatabase, instanceClass: 'db.x1.large' },
    });

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining('RDS does not support creating a DB instance'),
    });
  });

  it.each([
    ['engine', { engine: 'sqlserver-ee' }, 'engine is sqlserver-ee instead of sqlserver-se'],
    ['class', { instanceClass: 'db.m5.large' }, 'instanceClass is db.m5.large instead of db.r6i.large'],
    ['zones', { multiAz: true }, 'multiAz is true instead of false'],
  ])('refuses its own instance where that has another %s', async (_what, differing, words) => {
    const { account, input, instance } = await withInstance(ours, 'made', differing);

    for (const status of ['creating', 'available'] as const) {
      instance.status = status;
      await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
        name: 'Conflict',
        message: `There is a database instance orders already, and it differs from the request: ${words}. Write into the request what is there, or choose another identifier.`,
      });
    }
  });

  it.each([
    ['becomes what the request wants', false, true, true],
    ['ceases to be what the request wants', true, false, false],
  ])('goes by what its instance is about to become: it %s', async (_what, is, pending, fits) => {
    const { account, input } = await withInstance(ours, 'made', { multiAz: is });
    account.disturb(async (call, answer) => {
      if (call.operation !== 'DescribeDBInstances') return answer();
      const { DBInstances: instances } = Object(await answer());
      return { DBInstances: [{ ...instances[0], PendingModifiedValues: { MultiAZ: pending } }] };
    });

    const running = account.run(ensureInstance, { ...input, database: { ...newDatabase, multiAz: true } });

    await (fits
      ? expect(running).resolves.toMatchObject({ identifier: 'orders' })
      : expect(running).rejects.toThrow('multiAz is false instead of true'));
  });

  it.each<[string, ReadonlyMap<string, string>, Entered]>([
    ['that it never began', untagged, 'not'],
    ['with its tag that it never began', ours, 'not'],
    ['that somebody made by hand where it had begun one', untagged, 'begun'],
    ['of another request where it had begun one', new Map([['forestbridge:request', 'billing']]), 'begun'],
  ])('refuses an equal instance %s', async (_which, tags, entered) => {
    const { account, input, instance } = await withInstance(tags, entered);
    const before = structuredClone(instance);
    const entries = await account.entries();

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'Conflict',
      message:
        'There is a database instance orders, and this request did not make it. Choose another database.identifier, in a new execution.',
    });

    expect(await account.entries()).toEqual(entries);
    expect(structuredClone(instance)).toEqual(before);
  });

  it('refuses a foreign instance as such, also where it differs', async () => {
    const { account, input } = await withInstance(untagged, 'begun', { engine: 'sqlserver-ee' });

    await expect(account.run(ensureInstance, input)).rejects.toThrow('this request did not make it');
  });

  it.each<[string, ReadonlyMap<string, string>, Entered]>([
    ['that it had begun, by its tag', ours, 'begun'],
    ['that the ledger names, whatever its tags', untagged, 'made'],
  ])('goes on with the instance %s', async (_which, tags, entered) => {
    const { account, input } = await withInstance(tags, entered);

    await expect(account.run(ensureInstance, input)).resolves.toMatchObject({ identifier: 'orders' });

    expect(await account.entries()).toEqual({ 'made#instance#orders': true });
    expect(account.databases.all).toHaveLength(1);
  });

  it('does not take an instance for its own that took the place of its own', async () => {
    const { account, input } = await prepare();
    await account.ledger.making('instance', 'orders');
    await account.ledger.made('instance', 'orders', 'orders');
    account.disturb((call, answer) =>
      call.operation === 'CreateDBInstance' ? mishaps.callLost(call, answer) : answer(),
    );
    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await account.entries()).toEqual({ 'made#instance#orders': false });

    account.databases.place(settings, null);

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('goes by the identifier where RDS shows no id of its own', async () => {
    const { account, input } = await withInstance(ours, 'begun');
    const DBInstances = [{ ...(await described(account)), DbiResourceId: undefined }];
    account.disturb((call, answer) =>
      call.operation === 'DescribeDBInstances' ? Promise.resolve({ DBInstances }) : answer(),
    );

    await account.run(ensureInstance, input);
    await account.run(ensureInstance, input);

    expect(await account.ledger.find('instance', 'orders')).toMatchObject({ id: 'orders' });
  });

  it('does not take an instance for its own that has the identifier of its own', async () => {
    const { account, input } = await withInstance(ours, 'made');
    await account.ledger.made('instance', 'orders', 'db-ITSOWNONEWHICHISGONE');
    const [foreign] = account.databases.all;
    const before = structuredClone(foreign);

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({ name: 'Conflict' });
    await expect(
      account.run(joinDomain, { database: newDatabase, directoryId, failure: null }),
    ).resolves.toEqual({ asked: false });

    expect(structuredClone(foreign)).toEqual(before);
  });

  it.each([
    ['the request', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:master-AbCdEf', null],
    ['RDS', null, null],
    ['nobody', null, 'a password of its own'],
  ])('adopts an existing instance whose master secret %s names', async (_who, given, masterPassword) => {
    const database = { ...existingDatabase, masterUserSecretArn: given };
    const { account, input } = await prepare({ database });
    const placed = account.databases.place({ ...settings, masterPassword }, { directoryId, roleName });

    const output = await account.run(ensureInstance, input);

    expect(output).toMatchObject({
      endpoint: placed.hostName,
      masterUserSecretArn: given ?? placed.masterSecret?.arn ?? null,
      membership: { directoryId, status: 'joined' },
    });
    expect(account.calls).toEqual(['rds:DescribeDBInstances']);
  });

  it('fails where the existing instance is not there', async () => {
    const { account, input } = await prepare({ database: existingDatabase });

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining('There is no database instance orders'),
    });
  });

  it.each([
    ['failed', 'Read its events'],
    ['incompatible-network', 'security groups'],
    ['insufficient-capacity', 'another class'],
    ['storage-full', 'more storage'],
    ['stopped', 'Start it'],
    ['deleting', 'wait until it is gone'],
  ] as const)('fails at once where the instance is %s', async (status, words) => {
    const { account, input, instance } = await withInstance(ours, 'made');
    instance.status = status;

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringMatching(new RegExp(`is ${status}\\..*${words}.*redrive`)),
    });
  });

  it.each([
    [{ DBInstanceStatus: 'constructor', Endpoint: { Address: 'a', Port: 1 } }, 'is constructor'],
    [{ Endpoint: { Address: 'a', Port: 1 } }, 'without a status'],
    [{ DBInstanceStatus: 'available' }, 'at which address'],
    [{ DBInstanceStatus: 'available', Endpoint: { Address: 'a' } }, 'at which address'],
    [
      {
        DBInstanceStatus: 'available',
        Endpoint: { Address: 'a', Port: 1 },
        MasterUserSecret: { SecretStatus: 'creating' },
      },
      'secret of the master user',
    ],
  ])('waits for %j', async (instance, words) => {
    const { account, input } = await prepare({ database: existingDatabase });
    account.disturb((call, answer) =>
      call.service === 'rds' ? Promise.resolve({ DBInstances: [instance] }) : answer(),
    );

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(words),
    });
  });

  it('takes what RDS leaves out for unknown', async () => {
    const { account, input } = await prepare({ database: existingDatabase });
    const bare = {
      DBInstanceStatus: 'storage-optimization',
      Endpoint: { Address: 'a', Port: 1 },
      DomainMemberships: [{ Domain: directoryId }],
    };
    account.disturb(() => Promise.resolve({ DBInstances: [bare] }));

    await expect(account.run(ensureInstance, input)).resolves.toMatchObject({
      arn: '',
      engine: '',
      membership: { directoryId, status: 'unknown' },
    });
  });

  it('looks again where RDS says that the instance is there already', async () => {
    const { account, input } = await prepare({ directoryId });
    account.disturb((call, answer) =>
      call.operation === 'CreateDBInstance'
        ? Promise.reject(new ServiceError('DBInstanceAlreadyExists', 'DB instance already exists'))
        : answer(),
    );

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('does not show it yet'),
    });
  });

  it('passes on what it does not know', async () => {
    const { account, input } = await prepare();
    account.disturb((call, answer) =>
      call.service === 'rds' ? Promise.reject(new ServiceError('InvalidParameterValue', 'No.')) : answer(),
    );

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({ name: 'DatabaseFailed' });

    expect(account.calls).toEqual(['rds:DescribeDBInstances']);
  });

  it.each(Object.entries(mishaps))(
    'leaves one of everything at %s, wherever it happens',
    async (_name, mishap) => {
      const { account: undisturbed, input } = await prepare({ directoryId });
      const output = await undisturbed.settle(ensureInstance, input, 30);

      for (const position of positionsOf(undisturbed.calls, mishap)) {
        const account = await databaseAccount();
        account.disturb(at(position, mishap));
        const found = await account.settle(ensureInstance, inputFor(account, { directoryId }), 30);
        expect(Object.keys(Object(found))).toEqual(Object.keys(Object(output)));
        expect(account.databases.all).toHaveLength(1);
        expect(account.secrets.all).toHaveLength(1);
        expect(await account.entries()).toEqual({ 'made#instance#orders': true });
      }
    },
  );
});
