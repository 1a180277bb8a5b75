import { describe, expect, it } from 'vitest';
import { awaitMembership } from '../../../functions/database/await-membership.ts';
import { databaseAccount, settings } from '../../support/database-account.ts';
import {
  domain,
  input,
  joined,
  notAllowed,
  owed,
  prepare,
  rebooting,
} from '../../support/joining-instance.ts';

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
});
