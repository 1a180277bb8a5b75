import { beforeAll, describe, expect, it } from 'vitest';
import type { Execution } from '../../../simulator/states/execution.ts';
import { likenessOf } from '../../support/likeness.ts';
import { type Deployment, deployed, deployedForTest, requestNamed } from '../../support/provisioning.ts';
import type { Plain } from '../../support/world-snapshot.ts';

/** Whether an execution is ended at every single state in a run of its own, which takes some minutes. */
const all = process.env['FAULTS'] === 'all';
const timeout = all ? 3_600_000 : 30_000;

type Visit = Parameters<Deployment['visiting']>[0];

/** What ends an execution at a state, while its function runs, before it or after it. */
const ends: Readonly<Record<string, (stop: () => Promise<unknown>) => NonNullable<Visit>>> = {
  'is stopped': (stop) => async (_state, run) => {
    await stop();
    return run();
  },
  'breaks off before its function': () => async () => {
    throw new TypeError('Out of memory.');
  },
  'breaks off after its function': () => async (_state, run) => {
    await run();
    throw new TypeError('Out of memory.');
  },
};
const ofTheEnd = new Set(['ABORTED undefined', 'FAILED TypeError']);

describe('an execution that ends at every state, again and again', () => {
  const request = requestNamed('one-way-forest');
  let undisturbed: Plain;
  const states = new Set<string>();

  beforeAll(async () => {
    const { account, visiting, run, close } = await deployed([request]);
    visiting((state, run) => {
      if (state !== 'conclude') states.add(state);
      return run();
    });
    await run(request);
    undisturbed = await likenessOf(account);
    await close();
  });

  /** Ends an execution once at each of those states, and goes on each time, until it succeeds; returns what it skipped. */
  const endAt = async (
    wanted: Iterable<string>,
    end: keyof typeof ends,
    goOn: (deployment: Deployment, execution: Execution) => Promise<Execution>,
  ): Promise<ReadonlySet<string>> => {
    const deployment = await deployedForTest(request);
    const left = new Set(wanted);
    const running = new Set<Promise<unknown>>();
    let execution: Execution | undefined;
    const ending = ends[end]?.(async () => execution && deployment.stop(execution));
    deployment.visiting((state, run) => {
      const result = left.delete(state) && ending !== undefined ? ending(state, run) : run();
      const settled = result.catch(() => {}).finally(() => running.delete(settled));
      running.add(settled);
      return result;
    });
    execution = deployment.begin(request);
    await deployment.account.concluded(execution.arn);
    while (execution.standing.status !== 'SUCCEEDED') {
      const { status, error, cause } = execution.standing;
      expect(ofTheEnd, cause).toContain(`${status} ${error}`);
      // A function goes on when its execution is stopped; nobody redrives as fast as that.
      await Promise.all(running);
      execution = await goOn(deployment, execution);
    }
    expect(await likenessOf(deployment.account)).toEqual(undisturbed);
    return left;
  };

  const eachOrAll = (): Iterable<string>[] => (all ? [...states].map((state) => [state]) : [states]);

  it.each(Object.keys(ends))(
    'and is redriven comes to the same where it %s',
    async (end) => {
      for (const wanted of eachOrAll()) {
        const skipped = await endAt(wanted, end, async ({ redrive }, execution) => {
          await redrive(execution);
          return execution;
        });
        expect([...skipped]).toEqual([]);
      }
    },
    timeout,
  );

  // Where a function's work is lost, more is to be found again than where it never began.
  it.each(Object.keys(ends).slice(all ? 0 : -1))(
    'and is started anew comes to the same where it %s',
    async (end) => {
      for (const wanted of eachOrAll())
        await endAt(wanted, end, async ({ run, world }) => {
          // Executions are named by the second.
          await world.clock.sleep(1000);
          return run(request);
        });
    },
    timeout,
  );

  it('says where it was stopped while it waited, and goes on', async () => {
    const { account, world, begin, explain, redrive } = await deployedForTest(request);
    const execution = begin(request);
    world.clock.at(world.clock.now() + 10 * 60_000, () => execution.stop(undefined, undefined));
    await account.concluded(execution.arn);

    const { status, cause } = await explain(execution);
    expect(status).toBe('ABORTED');
    expect(cause).toMatch(/ was stopped on \S+ during "Wait for directory"/);

    await redrive(execution);
    expect(execution.standing).toMatchObject({ status: 'SUCCEEDED' });
    expect(await likenessOf(account)).toEqual(undisturbed);
  });
});
