import { describe, expect, it } from 'vitest';
import { catalogForTest, form, loginsOf, minutesOf, stackOf } from '../support/catalog.ts';
import { thrown } from '../support/state-machines.ts';

describe('a launched product of the catalog', () => {
  it('is not changed in what cannot change, and says so at once', async () => {
    const { account, launch, update, status } = await catalogForTest();
    const { id } = (await launch(form)).of;

    const refused = await update(id, { ...form, StorageGiB: '500', DatabaseIdentifier: 'orders-2' });

    expect(refused.status).toBe('FAILED');
    expect(refused.error).toMatch(
      /^Request: Received response status \[FAILED\] .*DatabaseIdentifier is orders and stays so \(orders-2 was asked for\); StorageGiB is 100 and stays so \(500/,
    );
    expect(minutesOf(refused)).toBeLessThan(1);
    expect(stackOf(refused)).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(account.executions.all).toHaveLength(1);
    expect(await status(id)).toBe('TAINTED');

    expect(await update(id, { ...form, Logins: 'DBAdmins,Readers' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await status(id)).toBe('AVAILABLE');
  });

  it('that is still being changed after 55 minutes says so, and is asked for again', async () => {
    const { account, world, visiting, launch, update, status } = await catalogForTest();
    const { id } = (await launch(form)).of;
    const until = world.clock.now() + 80 * 60_000;
    visiting((state, run) =>
      state === 'Await database' && world.clock.now() < until
        ? Promise.reject(thrown('NotReady', 'The database instance orders is modifying.'))
        : run(),
    );
    const more = { ...form, Logins: 'DBAdmins,Readers' };

    const slow = await update(id, more);

    expect(slow.error).toMatch(
      /The update is still running, and goes on: .* update again with the same values/,
    );
    expect(Math.round(minutesOf(slow))).toBe(55);
    expect(stackOf(slow).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await status(id)).toBe('TAINTED');
    const running = account.executions.all.find(({ of }) => of.name === 'forestbridge-provision');
    expect(running?.standing.status).toBe('RUNNING');
    await account.concluded(running?.arn ?? '');
    expect(running?.standing.status).toBe('SUCCEEDED');
    const executions = account.executions.all.length;

    const again = await update(id, more);

    expect(again).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(minutesOf(again)).toBeLessThan(1);
    expect(account.executions.all).toHaveLength(executions);
    expect(loginsOf(account)).toEqual(['CORP\\DBAdmins', 'CORP\\Readers']);
    expect(await status(id)).toBe('AVAILABLE');
    expect((await update(id, form)).error).toContain('CORP\\Readers cannot be taken away');
  });
});
