import { describe, expect, it } from 'vitest';
import { awaitMembership } from '../../../functions/database/await-membership.ts';
import { joinDomain } from '../../../functions/database/join-domain.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import {
  databaseAccount,
  directoryId,
  existingDatabase,
  newDatabase,
  ownSettings,
  roleName,
  settings,
} from '../../support/database-account.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

const domain = { directoryId, roleName };
const input = { database: newDatabase, directoryId };
const allowed = { ...input, database: existingDatabase };
const notAllowed = { ...input, database: { ...existingDatabase, allowInterruption: false } };
const joined = { membership: 'joined', rebootOwed: false, rebooting: false };
const rebooting = { ...joined, rebooting: true };
const owed = { membership: 'owed', rebootOwed: true, rebooting: false };

/** An account with an instance that was asked to join after its creation. */
const prepare = async () => {
  const account = await databaseAccount();
  const instance = account.databases.place(ownSettings, null);
  await account.ledger.making('instance', 'orders');
  await account.run(joinDomain, { ...input, failure: null });
  const reboots = () =>
    account.databases.events.filter(({ message }) => message === 'DB instance shutdown').length;
  account.calls.length = 0;
  return { account, instance, reboots };
};

describe('await-membership', () => {
  it('waits for the membership, reboots once, and waits for the reboot', async () => {
    const { account, instance, reboots } = await prepare();

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('is not begun, not yet joined'),
    });
    await account.minutes(1);
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('modifying'),
    });
    await account.minutes(10);
    await expect(account.run(awaitMembership, input)).resolves.toEqual(rebooting);
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('is rebooting'),
    });
    await account.minutes(4);

    await expect(account.run(awaitMembership, input)).resolves.toEqual(joined);
    await expect(account.run(awaitMembership, input)).resolves.toEqual(joined);
    expect(reboots()).toBe(1);
    expect(instance.membership?.inEffect).toBe(true);
    expect(await account.entries()).toMatchObject({
      'made#membership#orders': true,
      'made#membership#orders/reboot': true,
    });
  });

  it('asks RDS alone while it is at work', async () => {
    const { account, reboots } = await prepare();
    for (const minutes of [1, 3]) {
      await account.minutes(minutes);
      account.calls.length = 0;
      await expect(account.run(awaitMembership, input)).rejects.toMatchObject({ name: 'NotReady' });
      expect(account.calls).toEqual(['rds:DescribeDBInstances']);
    }

    await account.minutes(10);
    await account.run(awaitMembership, input);
    account.calls.length = 0;
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({ name: 'NotReady' });

    expect(reboots()).toBe(1);
    expect(account.calls).toEqual(['rds:DescribeDBInstances']);
  });

  it.each([
    ['created in the directory', input],
    ['joined by somebody else', notAllowed],
  ])('does not reboot an instance %s', async (_how, given) => {
    const account = await databaseAccount();
    account.databases.place(settings, domain);

    await expect(account.run(awaitMembership, given)).resolves.toEqual(joined);

    expect(account.calls).toEqual(['rds:DescribeDBInstances', 'dynamodb:GetItem', 'dynamodb:GetItem']);
  });

  it.each([
    ['was never asked to join', null],
    ['could not join at its owner’s own try', 'failed'],
    ['is to join at its next maintenance', 'pending-maintenance-join'],
  ] as const)(
    'owes the membership of an instance that must not be interrupted and %s',
    async (_which, status) => {
      const account = await databaseAccount();
      const instance = account.databases.place(settings, null);
      if (status !== null)
        instance.membership = { ...domain, domainName: 'aws.example.com', status, inEffect: false };

      await expect(account.run(awaitMembership, notAllowed)).resolves.toEqual(owed);
    },
  );

  it('reboots an existing instance where that is allowed', async () => {
    const { account, reboots } = await prepare();

    await expect(account.settle(awaitMembership, allowed)).resolves.toEqual(rebooting);
    await expect(account.settle(awaitMembership, allowed)).resolves.toEqual(joined);

    expect(reboots()).toBe(1);
  });

  it('owes the reboot where that is no longer allowed', async () => {
    const { account, reboots } = await prepare();
    await account.minutes(15);

    await expect(account.run(awaitMembership, notAllowed)).resolves.toEqual({
      ...joined,
      rebootOwed: true,
    });

    expect(reboots()).toBe(0);
  });

  it('fails with what RDS wrote and the usual causes, and only the verdict on this try counts', async () => {
    const { account } = await prepare();
    account.directories.whyNotJoin = () => 'The first reason.';
    await account.minutes(15);

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'DomainJoinFailed',
      message: expect.stringMatching(
        /orders could not join the directory d-1234567890\. RDS: Unhealthy domain state.*The first reason\. Usually.*security group.*redrive/,
      ),
    });

    account.directories.whyNotJoin = () => 'The second reason.';
    await account.run(joinDomain, { ...input, failure: null });
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('still shows the failure before'),
    });
    await account.minutes(15);
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'DomainJoinFailed',
      message: expect.stringContaining('The second reason.'),
    });

    account.directories.whyNotJoin = () => null;
    await account.run(joinDomain, { ...input, failure: null });
    await expect(account.settle(awaitMembership, input)).resolves.toEqual(rebooting);
  });

  it('takes the latest of the reasons of the last day where nobody asked', async () => {
    const account = await databaseAccount();
    const instance = account.databases.place(settings, domain);
    instance.membership = { ...domain, domainName: 'aws.example.com', status: 'failed', inEffect: false };
    for (const message of ['The domain is unknown.', 'The domain did not answer.', 'DB instance shutdown'])
      account.databases.events.push({
        identifier: 'orders',
        at: account.clock.now(),
        category: 'failure',
        message,
      });
    await account.minutes(60 * 23);

    await expect(account.run(awaitMembership, allowed)).rejects.toMatchObject({
      message: expect.stringContaining('RDS: The domain did not answer.'),
    });
  });

  it('reboots no second time, also when RDS no longer knows of the first', async () => {
    const { account, reboots } = await prepare();
    await account.settle(awaitMembership, input);
    await account.settle(awaitMembership, input);
    await account.minutes(60 * 24 * 20);
    account.calls.length = 0;

    await expect(account.run(awaitMembership, input)).resolves.toEqual(joined);

    expect(reboots()).toBe(1);
    expect(account.calls).not.toContain('rds:DescribeEvents');
  });

  it('knows its own reboot by RDS’s events where the answer was lost', async () => {
    const { account, reboots } = await prepare();
    await account.minutes(15);
    account.disturb((call, answer) =>
      call.operation === 'RebootDBInstance' ? mishaps.answerLost(call, answer) : answer(),
    );
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({ name: 'Throttled' });
    await account.minutes(5);

    await expect(account.run(awaitMembership, input)).resolves.toEqual(joined);

    expect(reboots()).toBe(1);
    expect(await account.entries()).toMatchObject({ 'made#membership#orders/reboot': true });
  });

  it.each([
    ['created in the directory', undefined, /RDS wrote no event that says why/],
    ['asked long ago', '2024-01-01T00:00:00.000Z', /Unhealthy domain state/],
  ])('looks no further back than RDS keeps its events (%s)', async (_how, id, message) => {
    const account = await databaseAccount();
    const instance = account.databases.place(settings, domain);
    account.databases.events.push({
      identifier: 'orders',
      at: account.clock.now(),
      category: 'failure',
      message: 'Unhealthy domain state',
    });
    await account.minutes(60 * 25);
    instance.membership = { ...domain, domainName: 'aws.example.com', status: 'failed', inEffect: false };
    if (id !== undefined) {
      await account.ledger.making('membership', 'orders');
      await account.ledger.made('membership', 'orders', id);
    }

    await expect(account.run(awaitMembership, allowed)).rejects.toMatchObject({
      name: 'DomainJoinFailed',
      message: expect.stringMatching(message),
    });
  });

  it.each([{}, { Events: [{}] }])('says so where RDS answers %j when it is asked why', async (answered) => {
    const { account } = await prepare();
    account.directories.whyNotJoin = () => 'A reason.';
    await account.minutes(15);
    account.disturb((call, answer) =>
      call.operation === 'DescribeEvents' ? Promise.resolve(answered) : answer(),
    );

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      message: expect.stringContaining('RDS wrote no event that says why'),
    });
  });

  it.each([
    ['is joining, not yet joined', 'joining'],
    ['is pending-maintenance-join, not yet joined', 'pending-maintenance-join'],
  ] as const)('waits where the membership %s', async (words, status) => {
    const { account, instance } = await prepare();
    instance.membership = { ...domain, domainName: 'aws.example.com', status, inEffect: false };

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(words),
    });
  });

  it('refuses the membership of another directory', async () => {
    const { account } = await prepare();
    await account.minutes(15);

    await expect(
      account.run(awaitMembership, { ...input, directoryId: 'd-0000000000' }),
    ).rejects.toMatchObject({
      name: 'Conflict',
    });
  });

  it.each([
    ['storage-full', 'DatabaseFailed'],
    ['backing-up', 'NotReady'],
  ] as const)('gives no verdict while the instance is %s', async (status, name) => {
    const { account, instance } = await prepare();
    instance.membership = { ...domain, domainName: 'aws.example.com', status: 'failed', inEffect: false };
    instance.status = status;

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({ name });
  });

  it('fails where the instance is gone', async () => {
    const account = await databaseAccount();

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({ name: 'DatabaseFailed' });
  });

  it('reboots again where an earlier answer was lost and nothing restarted', async () => {
    const { account, reboots } = await prepare();
    await account.minutes(15);
    await account.ledger.making('membership', 'orders/reboot');

    await expect(account.settle(awaitMembership, input)).resolves.toEqual(rebooting);
    await expect(account.settle(awaitMembership, input)).resolves.toEqual(joined);

    expect(reboots()).toBe(1);
  });

  it.each([
    ['InvalidDBInstanceState', 'NotReady'],
    ['InvalidParameterValue', 'DomainJoinFailed'],
  ])('names what RDS refuses by %s', async (code, name) => {
    const { account } = await prepare();
    await account.minutes(15);
    account.disturb((call, answer) =>
      call.operation === 'RebootDBInstance' ? Promise.reject(new ServiceError(code, 'Not now.')) : answer(),
    );

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name,
      message: expect.stringContaining('Not now.'),
    });
  });

  it.each(Object.entries(mishaps))('reboots once at %s, wherever it happens', async (_name, mishap) => {
    const { account: undisturbed } = await prepare();
    await undisturbed.minutes(15);
    undisturbed.calls.length = 0;
    await undisturbed.settle(awaitMembership, input);

    for (const position of positionsOf(undisturbed.calls, mishap)) {
      const { account, reboots } = await prepare();
      await account.minutes(15);
      account.disturb(at(position, mishap));
      await account.settle(awaitMembership, input);
      await expect(account.settle(awaitMembership, input)).resolves.toEqual(joined);
      expect(reboots()).toBe(1);
      expect(await account.entries()).toMatchObject({ 'made#membership#orders/reboot': true });
    }
  });
});
