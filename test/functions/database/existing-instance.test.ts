import { describe, expect, it } from 'vitest';
import { ensureInstance } from '../../../functions/database/ensure-instance.ts';
import { directoryId, existingDatabase, roleName, settings } from '../../support/database-account.ts';
import { prepare } from '../../support/instance-account.ts';

describe('ensure-instance, asked for an existing instance,', () => {
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
});
