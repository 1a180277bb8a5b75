import { describe, expect, it } from 'vitest';
import { redriven } from '../../../support/redriven.ts';
import {
  account,
  definition,
  failing,
  run,
  start,
  task,
  told,
  typesOf,
} from '../../../support/state-machines.ts';

const end = { End: true };
const day = 24 * 60 * 60 * 1000;

describe('redriving an execution', () => {
  it('enters the failed state again with its input and variables, and with fresh retries', async () => {
    const states = {
      A: task('First', { Assign: { kept: '{% $states.result.Payload %}' }, Next: 'B' }),
      B: task('Second', {
        Arguments: {
          FunctionName: 'Second',
          Payload: {
            input: '{% $states.input %}',
            kept: '{% $kept %}',
            count: '{% $states.context.Execution.RedriveCount %}',
          },
        },
        Retry: [{ ErrorEquals: ['X'], MaxAttempts: 1 }],
        Output: '{% $states.context.Execution.RedriveTime %}',
      }),
    };
    const { execution, calls, statuses } = await redriven(states, {
      First: () => 'first',
      Second: failing(['X', 'X', 'X', 'X']),
    });
    expect(calls.map(({ name }) => name)).toEqual([
      'First',
      'Second',
      'Second',
      'Second',
      'Second',
      'Second',
    ]);
    expect(calls.map(({ payload }) => payload)).toEqual([
      {},
      ...[0, 0, 1, 1, 2].map((count) => ({ input: 'first', kept: 'first', count })),
    ]);
    expect(execution.redriveCount).toBe(2);
    expect(execution.standing.output).toBe(new Date(execution.redrivenAt ?? 0).toISOString());
    expect(statuses).toEqual(['RUNNING', 'FAILED', 'RUNNING', 'FAILED', 'RUNNING', 'SUCCEEDED']);
  });

  it('appends to the history', async () => {
    const { execution } = await redriven({ A: task('Ask') }, { Ask: failing(['X']) });
    expect(told(execution.history.events).slice(5)).toEqual([
      '5 -> 6 ExecutionFailed',
      '6 -> 7 ExecutionRedriven',
      '7 -> 8 TaskStateEntered',
      '8 -> 9 TaskScheduled',
      '9 -> 10 TaskStarted',
      '10 -> 11 TaskSucceeded',
      '11 -> 12 TaskStateExited',
      '12 -> 13 ExecutionSucceeded',
    ]);
    expect(execution.history.events[6]?.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
    expect(execution.transitions).toBe(2);
  });

  it('waits anew, fails anew at a Fail, and chooses anew', async () => {
    const waits = account();
    const waiting = waits.begin(definition({ A: { Type: 'Wait', Seconds: 60, ...end } }));
    waits.clock.at(start + 50_000, () => waiting.stop(undefined, undefined));
    await waiting.ended;
    waiting.redrive();
    await waiting.ended;
    expect(waits.clock.now() - start).toBe(110_000);

    const never = { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'B' }] };
    for (const [states, error] of [
      [{ A: { Type: 'Fail', Error: 'Broken' } }, 'Broken'],
      [{ A: never, B: { Type: 'Succeed' } }, 'States.NoChoiceMatched'],
    ] as const) {
      const { execution } = await run(states);
      execution.redrive();
      await execution.ended;
      expect(execution.standing).toMatchObject({ status: 'FAILED', error });
      expect(typesOf(execution).filter((type) => type === `${states.A.Type}StateEntered`)).toHaveLength(2);
    }
  });

  it('is refused while it runs, when it has succeeded, and after 14 days', async () => {
    const { clock, begin } = account({ Ask: failing(['X', 'X']) });
    const execution = begin(definition({ A: task('Ask') }));
    expect(execution.notRedrivable).toBe('Execution is RUNNING and cannot be redriven');
    await execution.ended;
    expect(execution.notRedrivable).toBeUndefined();
    await clock.sleep(14 * day);
    expect(execution.notRedrivable).toBeUndefined();
    await clock.sleep(1);
    expect(execution.notRedrivable).toContain('period');
    const succeeded = await run({ A: { Type: 'Succeed' } });
    expect(succeeded.execution.notRedrivable).toBe('Execution is SUCCEEDED and cannot be redriven');
  });
});
