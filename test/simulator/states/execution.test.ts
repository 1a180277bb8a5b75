import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  account,
  block,
  definition,
  type Fields,
  failing,
  run,
  start,
  task,
  thrown,
  told,
  typesOf,
} from '../../support/state-machines.ts';

const end = { End: true };
const day = 24 * 60 * 60 * 1000;

/** Runs states, and redrives them until they succeed. */
const redriven = async (states: Fields, functions: Parameters<typeof account>[0], input = {}) => {
  const place = await run(states, input, functions);
  const { execution } = place;
  while (execution.standing.status !== 'SUCCEEDED') {
    execution.redrive();
    await execution.ended;
  }
  return place;
};

describe('stopping an execution', () => {
  it('ends it at once, in its history too', async () => {
    const { clock, begin, statuses } = account();
    const execution = begin(definition({ A: { Type: 'Wait', Seconds: 60, ...end } }));
    clock.at(start + 5000, () => execution.stop('Enough', 'somebody said so'));
    await execution.ended;
    expect(execution.standing).toEqual({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'somebody said so',
      stoppedAt: start + 5000,
    });
    expect(told(execution.history.events)).toEqual([
      '0 -> 1 ExecutionStarted',
      '0 -> 2 WaitStateEntered',
      '0 -> 3 ExecutionAborted',
    ]);
    expect(statuses).toEqual(['RUNNING', 'ABORTED']);
  });

  it('does nothing to one that has ended', async () => {
    const { execution, statuses } = await run({ A: { Type: 'Succeed' } });
    execution.stop(undefined, undefined);
    expect(execution.standing.status).toBe('SUCCEEDED');
    expect(statuses).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('drops the answer of a function that is running', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { begin } = account({ Ask: () => promise });
    const execution = begin(definition({ A: task('Ask', { Next: 'B' }), B: { Type: 'Succeed' } }));
    await new Promise((later) => setImmediate(later));
    execution.stop(undefined, undefined);
    resolve('too late');
    await execution.ended;
    await new Promise((later) => setImmediate(later));
    expect(typesOf(execution).at(-1)).toBe('ExecutionAborted');
  });

  it('wins over an end that comes in the same moment', async () => {
    const { begin, statuses } = account();
    const execution = begin(definition({ A: { Type: 'Succeed' } }));
    execution.stop(undefined, undefined);
    await execution.ended;
    expect(statuses).toEqual(['RUNNING', 'ABORTED']);
    expect(typesOf(execution)).toEqual(['ExecutionStarted', 'SucceedStateEntered', 'ExecutionAborted']);
  });
});

const limited = (seconds: number): string =>
  definition({ A: { Type: 'Wait', Seconds: 60, ...end } }, { TimeoutSeconds: seconds });

it('ends it as timed out, and starts anew with a redrive', async () => {
  const { begin, clock, statuses } = account();
  const execution = begin(limited(50));
  await execution.ended;
  expect(execution.standing).toEqual({ status: 'TIMED_OUT', stoppedAt: start + 50_000 });
  expect(told(execution.history.events).at(-1)).toBe('0 -> 3 ExecutionTimedOut');
  execution.redrive();
  await execution.ended;
  expect(clock.now() - start).toBe(100_000);
  expect(statuses).toEqual(['RUNNING', 'TIMED_OUT', 'RUNNING', 'TIMED_OUT']);
});

describe('the time of a whole state machine', () => {
  it('is forgotten where it is enough', async () => {
    const { begin, clock } = account();
    const execution = begin(limited(70));
    await execution.ended;
    expect(clock.now() - start).toBe(60_000);
    await clock.sleep(60_000);
    expect(execution.standing.status).toBe('SUCCEEDED');
    expect(typesOf(execution)).not.toContain('ExecutionTimedOut');
  });
});

const answer = (name: string) => () => name;

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

  it('runs only the unfinished branches of nested Parallels, each from where it stood', async () => {
    const inner = {
      Type: 'Parallel',
      Branches: [
        block({ C: task('C') }),
        block({ D: task('D', { Next: 'E', Assign: { d: 1 } }), E: task('E', { Output: '{% $d %}' }) }),
      ],
      ...end,
    };
    const states = {
      P: {
        Type: 'Parallel',
        Branches: [
          block({ A: task('A') }),
          block({ I: inner }),
          block({ W: { Type: 'Wait', Seconds: 60, Next: 'F' }, F: task('F') }),
        ],
        Output: '{% $states.result %}',
        ...end,
      },
    };
    const functions = { A: answer('a'), C: answer('c'), D: answer('d'), E: failing(['X']), F: answer('f') };
    const { execution, calls, clock } = await redriven(states, functions);
    expect(calls.map(({ name }) => name)).toEqual(['A', 'C', 'D', 'E', 'E', 'F']);
    expect(execution.standing.output).toEqual(['a', ['c', 1], 'f']);
    expect(clock.now() - start).toBe(60_000);
  });

  it('runs only the unfinished iterations of a Map', async () => {
    const one = task('Ask', { Arguments: { FunctionName: 'Ask', Payload: '{% $states.input %}' } });
    const states = {
      M: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: block({ One: one }),
        Items: ['a', 'b', 'c'],
        ...end,
      },
    };
    const b = failing(['X'], 'B');
    const { execution, calls } = await redriven(states, { Ask: (item) => (item === 'b' ? b() : item) });
    expect(calls.map(({ payload }) => payload)).toEqual(['a', 'b', 'b', 'c']);
    expect(execution.standing.output).toEqual(['a', 'B', 'c']);
    expect(typesOf(execution).filter((type) => type === 'MapIterationStarted')).toHaveLength(4);
  });

  it('runs a Parallel as a whole again whose outputs were too large together', async () => {
    let size = 140_000;
    const ask = (): string => 'x'.repeat(size);
    const states = {
      P: {
        Type: 'Parallel',
        Branches: [block({ A: task('Ask') }), block({ B: task('Ask') })],
        Output: 1,
        ...end,
      },
    };
    const { execution, calls } = await run(states, {}, { Ask: ask });
    expect(execution.standing.error).toBe('States.DataLimitExceeded');
    size = 10;
    execution.redrive();
    await execution.ended;
    expect(execution.standing.output).toBe(1);
    expect(calls).toHaveLength(4);
  });

  it('keeps finished branches where another one had too much data', async () => {
    let size = 270_000;
    const large = block({ W: { Type: 'Wait', Seconds: 5, Next: 'B' }, B: task('Large') });
    const states = { P: { Type: 'Parallel', Branches: [block({ A: task('Small') }), large], ...end } };
    const functions = { Small: () => 1, Large: () => 'x'.repeat(size) };
    const { execution, calls } = await run(states, {}, functions);
    expect(execution.standing.error).toBe('States.DataLimitExceeded');
    size = 1;
    execution.redrive();
    await execution.ended;
    expect(execution.standing.output).toEqual([1, 'x']);
    expect(calls.map(({ name }) => name)).toEqual(['Small', 'Large', 'Large']);
  });

  it('waits anew, fails anew at a Fail, and chooses anew', async () => {
    const waits = account();
    const waiting = waits.begin(definition({ A: { Type: 'Wait', Seconds: 60, ...end } }));
    waits.clock.at(start + 50_000, () => waiting.stop(undefined, undefined));
    await waiting.ended;
    waiting.redrive();
    await waiting.ended;
    expect(waits.clock.now() - start).toBe(110_000);

    const { execution } = await run({ A: { Type: 'Fail', Error: 'Broken' } });
    execution.redrive();
    await execution.ended;
    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(typesOf(execution).filter((type) => type === 'FailStateEntered')).toHaveLength(2);
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

  it('leaves every state once, whatever fails how often', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const states = {
      A: task('A', { Assign: { a: '{% $states.result.Payload %}' }, Next: 'P' }),
      P: {
        Type: 'Parallel',
        Branches: [
          block({ B: task('B', { Next: 'C' }), C: task('C') }),
          block({
            Q: {
              Type: 'Parallel',
              Branches: [
                block({ D: task('D') }),
                block({ W: { Type: 'Wait', Seconds: 5, Next: 'E' }, E: task('E') }),
              ],
              ...end,
            },
          }),
          block({
            M: { Type: 'Map', Items: '{% [$a, $a] %}', ItemProcessor: block({ F: task('F') }), ...end },
          }),
        ],
        Next: 'G',
      },
      G: task('G', { Output: '{% {"in": $states.input, "a": $a, "g": $states.result.Payload} %}' }),
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { minLength: 7, maxLength: 7 }), async (failures) => {
        const functions = Object.fromEntries(
          names.map((name, index) => {
            let left = failures[index] ?? 0;
            const answer = (): string => {
              left -= 1;
              if (left >= 0) throw thrown('X');
              return name.toLowerCase();
            };
            return [name, answer] as const;
          }),
        );
        const { execution } = await redriven(states, functions);
        expect(execution.standing.output).toEqual({ in: ['c', ['d', 'e'], ['f', 'f']], a: 'a', g: 'g' });
        const { events } = execution.history;
        const left = events.filter(({ type }) => type === 'TaskStateExited');
        const done = left.map(({ stateExitedEventDetails: details }) => details?.name ?? '');
        expect(done.toSorted()).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'F', 'G']);
        expect(
          events.every(({ id, previousEventId = -1 }, index) => id === index + 1 && previousEventId < id),
        ).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
