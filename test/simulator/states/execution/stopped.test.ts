import { describe, expect, it } from 'vitest';
import { account, definition, run, start, task, told, typesOf } from '../../../support/state-machines.ts';

const end = { End: true };

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
