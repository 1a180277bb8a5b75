import { describe, expect, it } from 'vitest';
import { block, type Fields, failing, run, task, told, typesOf } from '../../../support/state-machines.ts';

const end = { End: true };

const both = (one: Fields, two: Fields, more: Fields = {}): Fields => ({
  P: { Type: 'Parallel', Branches: [block({ One: one }), block({ Two: two })], ...end, ...more },
});

describe('a Parallel', () => {
  it('runs its branches at once, and collects their outputs in order', async () => {
    const states = both(
      { Type: 'Wait', Seconds: 60, Output: 1, ...end },
      { Type: 'Wait', Seconds: 30, ...end },
      { Arguments: { x: '{% $states.input.a %}' } },
    );
    const { execution, seconds } = await run(states, { a: 7 });
    expect(execution.standing.output).toEqual([1, { x: 7 }]);
    expect(seconds).toBe(60);
    expect(told(execution.history.events)).toEqual([
      '0 -> 1 ExecutionStarted',
      '0 -> 2 ParallelStateEntered',
      '2 -> 3 ParallelStateStarted',
      '3 -> 4 WaitStateEntered',
      '3 -> 5 WaitStateEntered',
      '5 -> 6 WaitStateExited',
      '4 -> 7 WaitStateExited',
      '7 -> 8 ParallelStateSucceeded',
      '7 -> 9 ParallelStateExited',
      '9 -> 10 ExecutionSucceeded',
    ]);
  });

  it('aborts what waits when a branch fails, and says who failed', async () => {
    const states = both(task('Ask', { TimeoutSeconds: 9 }), { Type: 'Wait', Seconds: 60, ...end });
    const { execution, seconds } = await run(states, {}, { Ask: failing(['X']) });
    expect(execution.standing.error).toBe('X');
    expect(seconds).toBe(0);
    expect(told(execution.history.events).slice(-4)).toEqual([
      '7 -> 8 TaskFailed',
      '8 -> 9 WaitStateAborted',
      '8 -> 10 ParallelStateFailed',
      '10 -> 11 ExecutionFailed',
    ]);
  });

  it('leaves a function to finish that is running, and drops its answer', async () => {
    let finished = 0;
    const slow = async (): Promise<string> => {
      await new Promise((resolve) => setImmediate(resolve));
      finished += 1;
      return 'dropped';
    };
    const branches = [
      block({ One: task('Bad') }),
      block({ Two: task('Slow', { Next: 'Never' }), Never: task('Never') }),
    ];
    const { execution, calls } = await run(
      { P: { Type: 'Parallel', Branches: branches, ...end } },
      {},
      { Bad: failing(['X']), Slow: slow },
    );
    expect(execution.standing.error).toBe('X');
    await new Promise((resolve) => setImmediate(resolve));
    expect(finished).toBe(1);
    expect(calls.map(({ name }) => name)).toEqual(['Bad', 'Slow']);
    expect(typesOf(execution)).toContain('TaskStateAborted');
    expect(typesOf(execution)).not.toContain('TaskSucceeded');
  });

  it('catches and retries as a whole', async () => {
    const fields = {
      Retry: [{ ErrorEquals: ['X'], MaxAttempts: 1, IntervalSeconds: 9 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
    };
    const states = {
      ...both(task('Good'), task('Bad'), fields),
      Caught: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
    };
    const { execution, calls, seconds } = await run(states, {}, { Good: () => 1, Bad: failing(['X', 'X']) });
    expect(execution.standing.output).toBe('X');
    expect(seconds).toBe(9);
    expect(calls.map(({ name }) => name)).toEqual(['Good', 'Bad', 'Good', 'Bad']);
    expect(typesOf(execution).filter((type) => type === 'ParallelStateStarted')).toHaveLength(2);
    expect(typesOf(execution).filter((type) => type === 'ParallelStateFailed')).toHaveLength(1);
  });

  it('lets branches read what is outside, and keeps theirs to themselves', async () => {
    const read = { Type: 'Pass', Assign: { mine: '{% $x %}' }, Next: 'Tell' };
    const states = {
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' },
      P: {
        Type: 'Parallel',
        Branches: [block({ B: read, Tell: { Type: 'Pass', Output: '{% $mine %}', ...end } })],
        Next: 'C',
      },
      C: { Type: 'Pass', Output: { inside: '{% $states.input %}', outside: '{% $x %}' }, ...end },
    };
    expect((await run(states)).execution.standing.output).toEqual({ inside: [1], outside: 1 });
  });

  it('tells aborted states inside an aborted Parallel', async () => {
    const inner = {
      Type: 'Parallel',
      Branches: [block({ Rest: { Type: 'Wait', Seconds: 60, ...end } })],
      ...end,
    };
    const { execution } = await run(both(task('Bad'), inner), {}, { Bad: failing(['X']) });
    expect(typesOf(execution).slice(-4)).toEqual([
      'WaitStateAborted',
      'ParallelStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('fails by outputs that are too large together', async () => {
    const large = { Type: 'Pass', Output: '{% $pad("", 140000) %}', ...end };
    const { execution } = await run(both(large, large));
    expect(execution.standing.error).toBe('States.DataLimitExceeded');
  });

  it('is tried again with all its branches, also those that had come to their end', async () => {
    const bad = block({ W: { Type: 'Wait', Seconds: 5, Next: 'Two' }, Two: task('Bad') });
    const retry = [{ ErrorEquals: ['X'], MaxAttempts: 1 }];
    const states = {
      P: { Type: 'Parallel', Branches: [block({ One: task('Good') }), bad], Retry: retry, ...end },
    };
    const { execution, calls } = await run(states, {}, { Good: () => 1, Bad: failing(['X']) });
    expect(execution.standing.output).toEqual([1, 'done']);
    expect(calls.map(({ name }) => name)).toEqual(['Good', 'Bad', 'Good', 'Bad']);
  });

  it('starts anew each time it is entered', async () => {
    const states = {
      P: { Type: 'Parallel', Branches: [block({ One: task('Count') })], Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input[0] < 3 %}', Next: 'P' }], Default: 'D' },
      D: { Type: 'Succeed' },
    };
    let count = 0;
    const { execution } = await run(states, {}, { Count: () => (count += 1) });
    expect(execution.standing.output).toEqual([3]);
  });
});
