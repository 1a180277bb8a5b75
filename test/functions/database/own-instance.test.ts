import { describe, expect, it } from 'vitest';
import { ensureInstance } from '../../../functions/database/ensure-instance.ts';
import { joinDomain } from '../../../functions/database/join-domain.ts';
import { directoryId, newDatabase, settings } from '../../support/database-account.ts';
import {
  described,
  type Entered,
  ours,
  prepare,
  untagged,
  withInstance,
} from '../../support/instance-account.ts';
import { mishaps } from '../../support/mishaps.ts';

describe('ensure-instance, by whose instance it is,', () => {
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
});
