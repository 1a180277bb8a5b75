import { describe, expect, it } from 'vitest';
import { type Fields, failing, run, task, typesOf } from '../../../support/state-machines.ts';

const missing = (more: Fields): Fields => ({
  Ask: task('Ask', { Output: '{% $states.result.Payload.missing %}', ...more }),
  Caught: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
});

describe('a Task', () => {
  it.each<[string, readonly string[], string, boolean]>([
    ['its name', ['X'], 'X', true],
    ['one of several names', ['Y', 'X'], 'X', true],
    ['another name', ['Y'], 'X', false],
    ['States.ALL', ['States.ALL'], 'X', true],
    ['States.TaskFailed', ['States.TaskFailed'], 'X', true],
    ['States.TaskFailed for a timeout', ['States.TaskFailed'], 'States.Timeout', false],
    ['States.ALL for a timeout', ['States.ALL'], 'States.Timeout', true],
    ['States.ALL for States.Runtime', ['States.ALL'], 'States.Runtime', false],
    ['States.TaskFailed for States.Runtime', ['States.TaskFailed'], 'States.Runtime', false],
    ['States.ALL for too much data', ['States.ALL'], 'States.DataLimitExceeded', false],
    ['the name of too much data', ['States.DataLimitExceeded'], 'States.DataLimitExceeded', true],
  ])('catches by %s', async (_, names, error, isCaught) => {
    const states = {
      Ask: task('Ask', { Catch: [{ ErrorEquals: names, Next: 'Caught' }] }),
      Caught: { Type: 'Succeed' },
    };
    const { execution } = await run(states, {}, { Ask: failing([error]) });
    expect(execution.standing.status).toBe(isCaught ? 'SUCCEEDED' : 'FAILED');
  });

  it('hands the error to the state that catches it, and to its Output and Assign', async () => {
    const states = {
      Ask: task('Ask', {
        Catch: [
          { ErrorEquals: ['Y'], Next: 'Plain' },
          {
            ErrorEquals: ['X'],
            Assign: { why: '{% $states.errorOutput.Error %}' },
            Output: '{% $states.input.a %}',
            Next: 'Told',
          },
        ],
      }),
      Plain: { Type: 'Succeed' },
      Told: { Type: 'Succeed', Output: '{% [$states.input, $why] %}' },
    };
    const told = await run(states, { a: 1 }, { Ask: failing(['X']) });
    expect(told.execution.standing.output).toEqual([1, 'X']);
    const plain = await run(states, { a: 1 }, { Ask: failing(['Y']) });
    expect(plain.execution.standing.output).toEqual({
      Error: 'Y',
      Cause: '{"errorType":"Y","errorMessage":"Y happened","trace":[]}',
    });
    expect(typesOf(plain.execution)).toContain('TaskStateExited');
  });

  it('fails by an expression that yields nothing, which a Catch can take', async () => {
    const caught = await run(
      missing({ Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }] }),
      {},
      { Ask: () => 1 },
    );
    expect(caught.execution.standing.output).toBe('States.QueryEvaluationError');
    const cause =
      "An error occurred while executing the state 'Ask' (entered at the event id #2). The JSONata expression '$states.result.Payload.missing' specified for the field 'Output' returned nothing (undefined).";
    expect(
      caught.execution.history.events.find(({ type }) => type === 'EvaluationFailed')
        ?.evaluationFailedEventDetails,
    ).toEqual({ error: 'States.QueryEvaluationError', cause, location: 'Output', state: 'Ask' });
  });
});
