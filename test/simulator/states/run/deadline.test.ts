import { describe, expect, it } from 'vitest';
import { account, block, definition, run, start, task, typesOf } from '../../../support/state-machines.ts';

const late = (): Promise<string> =>
  new Promise((resolve) => setImmediate(() => setImmediate(() => resolve('late'))));
const states = {
  Both: {
    Type: 'Parallel',
    Branches: [
      block({ Ask: task('Ask', { TimeoutSeconds: 1 }) }),
      block({ Rest: { Type: 'Wait', Seconds: 5, End: true } }),
    ],
    End: true,
  },
};

describe('a Task', () => {
  it('runs out of time while the world goes on', async () => {
    const { executions, clock, begin } = account({ Ask: () => 1, Slow: () => new Promise(() => undefined) });
    clock.busy = (work) => work();
    const states = {
      Slow: task('Slow', { TimeoutSeconds: 30, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }] }),
      Late: { Type: 'Succeed' },
    };
    const execution = begin(definition(states));
    await executions.ended(execution.arn);
    expect(execution.standing.output).toEqual({ Error: 'States.Timeout', Cause: '' });
    expect(clock.now() - start).toBe(30_000);
    expect(typesOf(execution)).toContain('TaskTimedOut');
  });

  it('has all the time it needs while the clock stands still', async () => {
    const { execution } = await run(states, 'in', { Ask: late });
    expect(execution.standing.output).toEqual(['late', 'in']);
  });

  it('lets time go once it is done', async () => {
    const { clock } = await run({ Ask: task('Ask', { TimeoutSeconds: 30 }) }, {}, { Ask: () => 1 });
    await clock.sleep(1000);
    expect(clock.now() - start).toBe(1000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.now() - start).toBe(1000);
  });
});
