import { describe, expect, it } from 'vitest';
import { protectInstance } from '../../../functions/database/protect-instance.ts';
import {
  databaseAccount,
  existingDatabase,
  newDatabase,
  ownSettings,
} from '../../support/database-account.ts';
import { at, mishaps } from '../../support/mishaps.ts';

const wanting = (deletionProtection: boolean) => ({ database: { ...newDatabase, deletionProtection } });

/** An account with an instance that this request made. */
const prepare = async (deletionProtection = false) => {
  const account = await databaseAccount();
  const instance = account.databases.place({ ...ownSettings, deletionProtection }, null);
  await account.ledger.making('instance', 'orders');
  account.calls.length = 0;
  return { account, instance };
};

describe('protect-instance', () => {
  it('switches the protection on', async () => {
    const { account, instance } = await prepare();

    await expect(account.run(protectInstance, wanting(true))).resolves.toEqual({});

    expect(instance.deletionProtection).toBe(true);
  });

  it.each([true, false])('never switches it off: %s stays where the request asks for none', async (is) => {
    const { account, instance } = await prepare(is);

    await expect(account.run(protectInstance, wanting(false))).resolves.toEqual({});

    expect(account.calls).toEqual([]);
    expect(instance.deletionProtection).toBe(is);
  });

  it('does not begin what waits for the maintenance window', async () => {
    const { account } = await prepare();
    const given: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'ModifyDBInstance') given.push(call.input);
      return answer();
    });

    await account.run(protectInstance, wanting(true));

    expect(given).toEqual([{ DBInstanceIdentifier: 'orders', DeletionProtection: true }]);
  });

  it('writes nothing where it is on already', async () => {
    const { account } = await prepare(true);

    await account.run(protectInstance, wanting(true));

    expect(account.calls).toEqual(['dynamodb:GetItem', 'rds:DescribeDBInstances', 'dynamodb:GetItem']);
  });

  it('never touches an existing instance', async () => {
    const { account } = await prepare();

    await expect(account.run(protectInstance, { database: existingDatabase })).resolves.toEqual({});

    expect(account.calls).toEqual([]);
  });

  it('never touches an instance that this request did not make', async () => {
    const { account, instance } = await prepare();
    await account.ledger.forget('instance', 'orders');

    await expect(account.run(protectInstance, wanting(true))).resolves.toEqual({});

    expect(instance.deletionProtection).toBe(false);
  });

  it('waits while RDS is busy with it', async () => {
    const { account, instance } = await prepare();
    instance.status = 'rebooting';

    await expect(account.run(protectInstance, wanting(true))).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('RDS is busy'),
    });
  });

  it('fails where the instance is gone', async () => {
    const account = await databaseAccount();
    await account.ledger.making('instance', 'orders');

    await expect(account.run(protectInstance, wanting(true))).rejects.toMatchObject({
      name: 'DatabaseFailed',
    });
  });

  it.each(Object.entries(mishaps))('protects it at %s, wherever it happens', async (_name, mishap) => {
    for (const position of [0, 1, 2, 3]) {
      const { account, instance } = await prepare();
      account.disturb(at(position, mishap));
      await account.settle(protectInstance, wanting(true));
      expect(instance.deletionProtection).toBe(true);
    }
  });
});
