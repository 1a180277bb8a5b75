import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../simulator/states/data/json.ts';
import { block, type Fields, failing, run, task, told, typesOf } from '../../../support/state-machines.ts';

const end = { End: true };

describe('a Map', () => {
  const each = (fields: Fields, one: Fields): Fields => ({
    M: { Type: 'Map', ItemProcessor: block({ One: one }), ...end, ...fields },
  });
  const rest = { Type: 'Wait', Seconds: '{% $states.input %}', ...end };

  it('runs its states for every item', async () => {
    const selector = {
      item: '{% $states.context.Map.Item.Value %}',
      index: '{% $states.context.Map.Item.Index %}',
      all: '{% $count($states.input) %}',
    };
    const { execution } = await run(
      each(
        { ItemSelector: selector },
        { Type: 'Pass', Output: '{% [$states.input, $states.context.Map.Item.Index] %}', ...end },
      ),
      ['a', 'b'],
    );
    expect(execution.standing.output).toEqual([
      [{ item: 'a', index: 0, all: 2 }, 0],
      [{ item: 'b', index: 1, all: 2 }, 1],
    ]);
  });

  it.each<[string, Fields, number]>([
    ['all at once', {}, 30],
    ['some at once', { MaxConcurrency: 2 }, 50],
    ['one after the other', { MaxConcurrency: '{% 1 %}' }, 60],
  ])('runs %s', async (_, fields, expected) => {
    const { execution, seconds } = await run(each({ ...fields, Items: '{% $states.input.list %}' }, rest), {
      list: [20, 10, 30],
    });
    expect(execution.standing.output).toEqual([20, 10, 30]);
    expect(seconds).toBe(expected === 50 ? 40 : expected);
  });

  it('runs 40 at once at most', async () => {
    const { seconds } = await run(
      each({}, rest),
      Array.from({ length: 41 }, () => 10),
    );
    expect(seconds).toBe(20);
  });

  it('tells of its iterations', async () => {
    const { execution } = await run(each({ Items: [1, 1], MaxConcurrency: 1 }, { Type: 'Pass', ...end }));
    expect(told(execution.history.events)).toEqual([
      '0 -> 1 ExecutionStarted',
      '0 -> 2 MapStateEntered',
      '2 -> 3 MapStateStarted',
      '3 -> 4 MapIterationStarted',
      '4 -> 5 PassStateEntered',
      '5 -> 6 PassStateExited',
      '6 -> 7 MapIterationSucceeded',
      '6 -> 8 MapIterationStarted',
      '8 -> 9 PassStateEntered',
      '9 -> 10 PassStateExited',
      '10 -> 11 MapIterationSucceeded',
      '10 -> 12 MapStateSucceeded',
      '10 -> 13 MapStateExited',
      '13 -> 14 ExecutionSucceeded',
    ]);
    expect(execution.history.events[7]?.mapIterationStartedEventDetails).toEqual({ name: 'M', index: 1 });
  });

  it('aborts its other iterations when one fails', async () => {
    const { execution } = await run(
      each({ Items: [1, 2] }, task('Ask')),
      {},
      { Ask: (item) => (item === 1 ? failing(['X'])() : new Promise(() => undefined)) },
    );
    expect(told(execution.history.events).slice(-6)).toEqual([
      '9 -> 12 TaskFailed',
      '12 -> 13 MapIterationFailed',
      '12 -> 14 TaskStateAborted',
      '12 -> 15 MapIterationAborted',
      '12 -> 16 MapStateFailed',
      '16 -> 17 ExecutionFailed',
    ]);
    expect(execution.history.events[14]?.mapIterationAbortedEventDetails).toEqual({ name: 'M', index: 1 });
  });

  it.each<[Json, string]>([
    [1, "'number' for value: 1"],
    [{ a: 1 }, `'object' for value: {"a":1}`],
    [null, "'null' for value: null"],
  ])('refuses %j for items', async (items, why) => {
    const { execution } = await run(each({ Items: '{% $states.input %}' }, { Type: 'Pass', ...end }), items);
    expect(execution.standing.cause).toContain(
      `specified for the field 'Items' returned an unexpected result type. Expected 'array', but was ${why}`,
    );
    expect(typesOf(execution).slice(-3)).toEqual(['EvaluationFailed', 'MapStateFailed', 'ExecutionFailed']);
  });

  it('has nothing to do for no items', async () => {
    const { execution } = await run(each({}, rest), []);
    expect(execution.standing.output).toEqual([]);
  });

  it('tells its item to states in a Parallel inside it', async () => {
    const inside = block({ Two: { Type: 'Pass', Output: '{% $states.context.Map.Item.Value %}', ...end } });
    const { execution } = await run(each({}, { Type: 'Parallel', Branches: [inside], ...end }), ['a', 'b']);
    expect(execution.standing.output).toEqual([['a'], ['b']]);
  });
});
