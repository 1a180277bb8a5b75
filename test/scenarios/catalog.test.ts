import { describe, expect, it } from 'vitest';
import { watchSchedule } from '../../cli/local-account.ts';
import { applyBreak } from '../../simulator/world/breaks.ts';
import { catalogForTest, endsOf, form, minutesOf, stackOf } from '../support/catalog.ts';
import { mishaps as calls } from '../support/mishaps.ts';
import { thrown } from '../support/state-machines.ts';
import { ledgerOf } from '../support/world-snapshot.ts';

type Catalog = Awaited<ReturnType<typeof catalogForTest>>;

/** Whatever a mishap of CloudFormation's may be, the product is the same. */
const mishaps: Readonly<Record<string, (world: Catalog['world']) => void>> = {
  'none happens': () => {},
  'Lambda delivers every event twice': ({ stacks }) => {
    stacks.deliveries = 2;
  },
  'every ResponseURL fails once': ({ stacks }) => {
    stacks.urls.failures = 1;
  },
  'every ResponseURL fails for as long as a function tries': ({ stacks }) => {
    stacks.urls.failures = 3;
  },
};

const { throttled } = calls;
const catalogFunction = 'forestbridge-serve-catalog';

/** Throttles every call of some runs of the catalog's function, after so many runs; tells when each was. */
const throttleRun = (
  { disturb, visiting, state, world }: Catalog,
  after: number,
  throttledRuns = 1,
): readonly number[] => {
  const runs: number[] = [];
  visiting((name, run) => {
    if (name === catalogFunction) runs.push(world.clock.now());
    return run();
  });
  disturb((call, answer) =>
    state() === catalogFunction && runs.length > after && runs.length <= after + throttledRuns
      ? throttled(call, answer)
      : answer(),
  );
  return runs;
};

const loginsOf = ({ sqlServers }: Catalog['account']): readonly string[] | undefined =>
  sqlServers.serverOf('orders')?.logins.map(({ name }) => name);

describe('a product of the catalog', () => {
  it.each(Object.entries(mishaps))('is made, changed and terminated where %s', async (_what, befall) => {
    const { account, world, launch, update, terminate, status } = await catalogForTest();
    befall(world);

    const launched = await launch(form);

    expect(launched).toMatchObject({ status: 'SUCCEEDED', error: null });
    const { id } = launched.of;
    expect(endsOf(stackOf(launched))).toEqual([
      'CREATE_COMPLETE WaitHandle',
      'CREATE_COMPLETE Request',
      'CREATE_COMPLETE Done',
      'CREATE_COMPLETE Result',
      'CREATE_COMPLETE stack',
    ]);
    expect(Object.fromEntries(launched.outputs.map(({ key, value }) => [key, value]))).toEqual({
      RequestId: id,
      Endpoint: expect.stringMatching(/^orders\.\w+\.eu-central-1\.rds\.amazonaws\.com$/),
      Port: '1433',
      KerberosName: `orders.${id}.aws.example.com`,
    });
    expect(minutesOf(launched)).toBeGreaterThan(30);
    expect(await status(id)).toBe('AVAILABLE');
    expect(account.executions.all.map(({ standing }) => standing.status)).toEqual(['SUCCEEDED']);
    expect(world.topics.deliveries).toMatchObject([
      { to: { endpoint: 'databases@example.com' }, message: { subject: `Forestbridge: ${id} is done` } },
    ]);

    const updated = await update(id, { ...form, Logins: 'DBAdmins,Readers' });

    expect(updated).toMatchObject({ status: 'SUCCEEDED', error: null, outputs: launched.outputs });
    expect(loginsOf(account)).toEqual(['CORP\\DBAdmins', 'CORP\\Readers']);
    expect(await status(id)).toBe('AVAILABLE');

    const kept = await terminate(id);

    expect(kept).toMatchObject({ status: 'FAILED' });
    expect(kept.error).toMatch(
      /Request: .* cannot take down what the request pp-\w+ made: .*database instance orders/,
    );
    expect(await status(id)).toBe('TAINTED');
    expect(await terminate(id, true)).toMatchObject({ status: 'SUCCEEDED' });
    await expect(status(id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is made, though AWS asks to call again, and is changed, though the result cannot be read at first', async () => {
    const catalog = await catalogForTest();
    const { account, launch, update } = catalog;
    const made = throttleRun(catalog, 0);

    const launched = await launch(form);

    expect(launched).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(account.executions.all).toHaveLength(1);
    const [first = 0, second = 0] = made;
    expect(second - first).toBe(60_000);

    const changed = throttleRun(catalog, 1);
    const updated = await update(launched.of.id, { ...form, Logins: 'DBAdmins,Readers' });

    expect(updated).toMatchObject({ status: 'SUCCEEDED', error: null, outputs: launched.outputs });
    expect(stackOf(updated).status).toBe('UPDATE_COMPLETE');
    expect(changed).toHaveLength(3);
    expect(loginsOf(account)).toEqual(['CORP\\DBAdmins', 'CORP\\Readers']);
  });

  it('that fails says why, and its stack is rolled back while what was made stays', async () => {
    const { account, world, launch, terminate, status } = await catalogForTest();
    applyBreak(world, 'port-389');

    const launched = await launch(form);

    const { id } = launched.of;
    expect(launched).toMatchObject({ status: 'FAILED', outputs: [] });
    expect(launched.error).toMatch(
      new RegExp(
        `^Done: WaitCondition received failed message: 'The request ${id} failed at "Check domain controller again" .* TCP 389 \\(LDAP\\).*' for uniqueId: ${id}-`,
      ),
    );
    expect(launched.error?.length).toBeLessThan(1200);
    expect(stackOf(launched).status).toBe('ROLLBACK_COMPLETE');
    expect(endsOf(stackOf(launched)).slice(-5)).toEqual([
      'CREATE_FAILED Done',
      'DELETE_COMPLETE Done',
      'DELETE_COMPLETE Request',
      'DELETE_COMPLETE WaitHandle',
      'ROLLBACK_COMPLETE stack',
    ]);
    expect(await status(id)).toBe('ERROR');
    expect(account.world.directories.all).toMatchObject([{ name: `${id}.aws.example.com`, stage: 'Active' }]);

    expect(await terminate(id)).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(account.world.directories.all).toHaveLength(1);
    expect(account.executions.all).toHaveLength(1);
  });

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

  it('whose result cannot be read after a change stands, and is changed by asking again', async () => {
    const catalog = await catalogForTest();
    const { account, launch, update, status } = catalog;
    const launched = await launch(form);
    const { id } = launched.of;
    const more = { ...form, Logins: 'DBAdmins,Readers' };
    // As often as Lambda tries.
    throttleRun(catalog, 1, 3);

    const failed = await update(id, more);

    expect(failed).toMatchObject({
      status: 'FAILED',
      error: expect.stringMatching(/^Result: CloudFormation did not receive a response/),
    });
    expect(endsOf(stackOf(failed)).slice(-5)).toEqual([
      'UPDATE_COMPLETE Request',
      'UPDATE_FAILED Result',
      'UPDATE_COMPLETE Request',
      'UPDATE_COMPLETE Result',
      'UPDATE_ROLLBACK_COMPLETE stack',
    ]);
    expect(await status(id)).toBe('TAINTED');
    expect(loginsOf(account)).toEqual(['CORP\\DBAdmins', 'CORP\\Readers']);
    const executions = account.executions.all.length;

    expect(await update(id, more)).toMatchObject({ status: 'SUCCEEDED', outputs: launched.outputs });
    expect(await status(id)).toBe('AVAILABLE');
    expect(account.executions.all).toHaveLength(executions);
  });

  it('is found by the schedule, which has its trust verified', async () => {
    const { account, world, launch } = await catalogForTest();
    const { id } = (await launch(form)).of;
    const told = world.topics.deliveries.length;
    world.schedules.enable(watchSchedule);

    await world.clock.sleep(2 * 60 * 60_000);
    const watch = account.executions.all.find(({ of }) => of.name === 'forestbridge-check-trusts');
    await account.executions.ended(watch?.arn ?? '');

    expect(watch?.standing).toMatchObject({ status: 'SUCCEEDED' });
    expect((await ledgerOf(account)).filter(({ item }) => item?.startsWith('trust#'))).toMatchObject([
      { requestId: id, state: 'Verified' },
    ]);
    expect(world.topics.deliveries).toHaveLength(told);
  });
});
