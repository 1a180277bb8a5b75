import { describe, expect, it } from 'vitest';
import { ensureInstance } from '../../../functions/database/ensure-instance.ts';
import { databaseAccount, directoryId, newDatabase, roleName } from '../../support/database-account.ts';
import { described, inputFor, ours, prepare, withInstance } from '../../support/instance-account.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

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
