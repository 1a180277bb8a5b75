import { describe, expect, it } from 'vitest';
import { enterLogins } from '../../../functions/database/enter-logins.ts';
import { databaseAccount } from '../../support/database-account.ts';
import { at, mishaps } from '../../support/mishaps.ts';

const admins = { name: 'CORP\\DBAdmins', serverRoles: ['processadmin'] };
const brien = { name: "CORP\\O'Brien", serverRoles: [] };
const input = { identifier: 'orders', logins: [admins, brien], failure: null };
const began = '2025-01-01T00:00:00.000Z';
const items = { 'made#login#orders/CORP\\DBAdmins': false, "made#login#orders/CORP\\O'Brien": false };

describe('enter-logins', () => {
  it('writes down every login, in the request’s order, before it is made', async () => {
    const account = await databaseAccount();

    await expect(account.run(enterLogins, input)).resolves.toEqual({
      logins: [
        { ...admins, since: began },
        { ...brien, since: began },
      ],
    });

    expect(await account.entries()).toEqual(items);
  });

  it('keeps the time at which an earlier try began', async () => {
    const account = await databaseAccount();
    await account.run(enterLogins, { ...input, logins: [admins] });
    await account.minutes(90);

    await expect(account.run(enterLogins, input)).resolves.toEqual({
      logins: [
        { ...admins, since: began },
        { ...brien, since: '2025-01-01T01:30:00.000Z' },
      ],
    });
  });

  it('ends with the failure of the state that makes them', async () => {
    const account = await databaseAccount();
    const cause = '{"errorType":"LoginFailed","errorMessage":"CORP\\\\DBAdmins is not known."}';

    await expect(
      account.run(enterLogins, { ...input, failure: { error: 'LoginFailed', cause } }),
    ).rejects.toMatchObject({ name: 'LoginFailed', message: 'CORP\\DBAdmins is not known.' });

    expect(account.calls).toEqual([]);
  });

  it('enters nothing for an execution that another one has overtaken', async () => {
    const account = await databaseAccount();
    const execution = 'arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-2';
    await account.claimOf(execution).take(account.execution, new Date());

    await expect(account.run(enterLogins, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`was carried on by ${execution}`),
    });

    expect(await account.entries()).toEqual({});
  });

  it.each(Object.entries(mishaps))('enters each once at %s, wherever it happens', async (_name, mishap) => {
    for (const position of [0, 1, 2]) {
      const account = await databaseAccount();
      account.disturb(at(position, mishap));

      await account.settle(enterLogins, input);

      expect(await account.entries()).toEqual(items);
    }
  });
});
