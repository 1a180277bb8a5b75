import { describe, expect, it } from 'vitest';
import { type Catalog, catalogForTest, endsOf, form, loginsOf, stackOf } from '../support/catalog.ts';
import { mishaps } from '../support/mishaps.ts';

const { throttled } = mishaps;
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

describe('a throttled product of the catalog', () => {
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
});
