import { describe, expect, it } from 'vitest';
import { databaseAccount, settings } from '../../../support/database-account.ts';
import { domain, prepare } from '../../../support/rds-account.ts';

describe('a new instance', () => {
  it('is creating, backing-up and available, and has an endpoint and a secret in the end', async () => {
    const { account, create, instance } = await prepare();
    const { DBInstance } = await create();
    expect(DBInstance).toMatchObject({
      DBInstanceIdentifier: 'orders',
      DBInstanceStatus: 'creating',
      MasterUserSecret: { SecretStatus: 'creating' },
    });
    expect(DBInstance?.Endpoint).toBeUndefined();

    const statuses = new Set<string | undefined>();
    for (let minutes = 0; minutes < 30; minutes += 1) {
      statuses.add((await instance()).DBInstanceStatus);
      await account.minutes(1);
    }

    const made = await instance();
    expect([...statuses]).toEqual(['creating', 'backing-up', 'available']);
    expect(made.Endpoint?.Address).toMatch(/^orders\.c[0-9a-f]{11}\.eu-west-1\.rds\.amazonaws\.com$/);
    expect(made.MasterUserSecret?.SecretStatus).toBe('active');
    const secret = account.secrets.find(made.MasterUserSecret?.SecretArn ?? '');
    expect(secret?.name).toMatch(/^rds!db-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(JSON.parse(secret?.versions.at(-1)?.value ?? '')).toEqual({
      username: 'admin',
      password: account.databases.find('orders')?.masterPassword,
    });
    expect(account.databases.answering(made.Endpoint?.Address ?? '')?.identifier).toBe('orders');
  });

  it('takes 15 to 28 minutes, and 28 to 40 in two zones', async () => {
    const { databases, minutes } = await databaseAccount();
    const twenty = (multiAz: boolean) =>
      Array.from({ length: 20 }, (_none, number) =>
        databases.create({ ...settings, identifier: `orders-${multiAz}-${number}`, multiAz }, null),
      );
    const [single, double] = [twenty(false), twenty(true)];
    const available = () =>
      [single, double].map((all) => all.filter(({ status }) => status === 'available').length);

    await minutes(14.9);
    expect(available()).toEqual([0, 0]);
    await minutes(13);
    expect(available()[1]).toBe(0);
    await minutes(0.2);
    expect(available()[0]).toBe(20);
    await minutes(12);
    expect(available()).toEqual([20, 20]);
  });

  it.each([
    ['joins', null, 'joined', true],
    ['does not join', 'It cannot reach the directory.', 'failed', false],
  ])('%s a directory while it is created', async (_what, reason, status, inEffect) => {
    const { account, create, membership, events } = await prepare();
    account.directories.whyNotJoin = () => reason;
    await create(domain);
    expect(await membership()).toBe('pending-join');

    await account.minutes(30);

    expect(await membership()).toBe(status);
    expect(account.databases.find('orders')?.membership).toMatchObject({
      domainName: 'aws.example.com',
      inEffect,
    });
    const failures = (await events())?.filter((text) => text?.startsWith('Unhealthy domain state'));
    expect(failures).toHaveLength(reason === null ? 0 : 1);
  });

  it('may bring a password of its own', async () => {
    const { account, create, instance } = await prepare();

    await create({ ManageMasterUserPassword: undefined, MasterUserPassword: 'correct-horse' });

    expect((await instance()).MasterUserSecret).toBeUndefined();
    expect(account.databases.find('orders')?.masterPassword).toBe('correct-horse');
    expect(account.secrets.all).toEqual([]);
  });
});
