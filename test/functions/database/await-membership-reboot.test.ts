import { describe, expect, it } from 'vitest';
import { awaitMembership } from '../../../functions/database/await-membership.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { databaseAccount, settings } from '../../support/database-account.ts';
import {
  allowed,
  domain,
  input,
  joined,
  notAllowed,
  prepare,
  rebooting,
} from '../../support/joining-instance.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

describe('await-membership, as to the reboot,', () => {
  it.each([
    ['created in the directory', input],
    ['joined by somebody else', notAllowed],
  ])('does not reboot an instance %s', async (_how, given) => {
    const account = await databaseAccount();
    account.databases.place(settings, domain);

    await expect(account.run(awaitMembership, given)).resolves.toEqual(joined);

    expect(account.calls).toEqual(['rds:DescribeDBInstances', 'dynamodb:GetItem', 'dynamodb:GetItem']);
  });

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
