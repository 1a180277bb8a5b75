import { describe, expect, it } from 'vitest';
import { redriven } from '../../../support/redriven.ts';
import { block, failing, run, start, task, typesOf } from '../../../support/state-machines.ts';

const end = { End: true };

const answer = (name: string) => () => name;

describe('redriving an execution', () => {
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
});
