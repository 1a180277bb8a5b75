import { describe, expect, it } from 'vitest';
import { type Fields, failing, run, task, typesOf } from '../../../support/state-machines.ts';

const retry = (...entries: Fields[]): Fields => ({ Retry: entries });
const poll = { ErrorEquals: ['NotReady'], IntervalSeconds: 60, MaxAttempts: 5, BackoffRate: 1 };
const times = (count: number, name: string): readonly string[] => Array.from({ length: count }, () => name);

describe('a Task', () => {
  it('polls at a steady interval until the function answers', async () => {
    const { execution, calls, seconds } = await run(
      { Ask: task('Ask', retry(poll)) },
      {},
      { Ask: failing(times(3, 'NotReady')) },
    );
    expect(execution.standing.output).toBe('done');
    expect(calls.map(({ at }) => at)).toEqual([0, 60, 120, 180]);
    expect(seconds).toBe(180);
    expect(execution.transitions).toBe(4);
    expect(typesOf(execution).filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
    expect(typesOf(execution).filter((type) => type === 'TaskFailed')).toHaveLength(3);
  });

  it.each<[string, Fields, readonly number[]]>([
    ['the usual way', {}, [0, 1, 3, 7]],
    ['at most so long', { IntervalSeconds: 10, MaxDelaySeconds: 15, MaxAttempts: 4 }, [0, 10, 25, 40, 55]],
    ['not at all', { MaxAttempts: 0 }, [0]],
  ])('waits %s between attempts', async (_, fields, expected) => {
    const { execution, calls } = await run(
      { Ask: task('Ask', retry({ ErrorEquals: ['X'], ...fields })) },
      {},
      { Ask: failing(times(9, 'X')) },
    );
    expect(calls.map(({ at }) => at)).toEqual(expected);
    expect(execution.standing.error).toBe('X');
  });

  it('draws the delay where it is to jitter, the same for the same seed', async () => {
    const states = {
      Ask: task('Ask', retry({ ErrorEquals: ['X'], IntervalSeconds: 100, JitterStrategy: 'FULL' })),
    };
    const delays = async (seed: number): Promise<readonly number[]> =>
      (await run(states, {}, { Ask: failing(['X']) }, seed)).calls.map(({ at }) => at);
    const [, first = 0] = await delays(1);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(100);
    expect(await delays(1)).toEqual([0, first]);
    expect(await delays(2)).not.toEqual([0, first]);
  });

  it('counts the attempts of each entry of Retry for itself', async () => {
    const entries = [
      { ...poll, MaxAttempts: 2 },
      { ErrorEquals: ['Throttled'], IntervalSeconds: 7, MaxAttempts: 1 },
    ];
    const errors = ['NotReady', 'Throttled', 'NotReady', 'NotReady'];
    const { execution, calls } = await run(
      { Ask: task('Ask', retry(...entries)) },
      {},
      { Ask: failing(errors) },
    );
    expect(calls.map(({ at }) => at)).toEqual([0, 60, 67, 127]);
    expect(execution.standing.error).toBe('NotReady');
  });

  it('tells the attempt in $states.context, and evaluates its arguments anew', async () => {
    const given = { FunctionName: 'Ask', Payload: '{% $states.context.State.RetryCount %}' };
    const { calls } = await run(
      { Ask: task('Ask', { ...retry(poll), Arguments: given }) },
      {},
      { Ask: failing(['NotReady', 'NotReady']) },
    );
    expect(calls.map(({ payload }) => payload)).toEqual([0, 1, 2]);
  });
});
