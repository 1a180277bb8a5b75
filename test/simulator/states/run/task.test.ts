import { describe, expect, it } from 'vitest';
import { type Fields, run, task, thrown, told, typesOf } from '../../../support/state-machines.ts';

const change = (payload: unknown): void => {
  if (payload instanceof Object) Object.assign(payload, { changed: true });
};

describe('a Task', () => {
  it('calls the function and hands on what Lambda makes of its answer', async () => {
    const states = { Ask: task('Ask', { Output: '{% $states.result %}', TimeoutSeconds: 30 }) };
    const { execution, calls } = await run(
      states,
      { a: 1 },
      { Ask: () => ({ when: new Date(0), gone: undefined }) },
    );
    expect(calls).toEqual([{ name: 'Ask', payload: { a: 1 }, at: 0 }]);
    expect(execution.standing).toMatchObject({
      status: 'SUCCEEDED',
      output: { ExecutedVersion: '$LATEST', Payload: { when: '1970-01-01T00:00:00.000Z' }, StatusCode: 200 },
    });
    expect(told(execution.history.events)).toEqual([
      '0 -> 1 ExecutionStarted',
      '0 -> 2 TaskStateEntered',
      '2 -> 3 TaskScheduled',
      '3 -> 4 TaskStarted',
      '4 -> 5 TaskSucceeded',
      '5 -> 6 TaskStateExited',
      '6 -> 7 ExecutionSucceeded',
    ]);
    expect(execution.history.events[2]?.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'eu-west-1',
      parameters: '{"FunctionName":"Ask","Payload":{"a":1}}',
      timeoutInSeconds: 30,
    });
  });

  it.each([
    ['nothing', undefined, null],
    ['null', null, null],
    ['a text', 'x', 'x'],
  ])('takes %s for an answer', async (_, answer, expected) => {
    const { execution } = await run({ Ask: task('Ask') }, {}, { Ask: () => answer });
    expect(execution.standing.output).toBe(expected);
  });

  it('gives the function a copy, so that it cannot change the data of the execution', async () => {
    const { execution } = await run(
      { Ask: task('Ask', { Output: '{% $states.input %}' }) },
      { a: 1 },
      { Ask: change },
    );
    expect(execution.standing.output).toEqual({ a: 1 });
  });

  it.each([
    [
      'an error of the function',
      thrown('Conflict', 'It differs.'),
      'Conflict',
      '{"errorType":"Conflict","errorMessage":"It differs.","trace":[]}',
    ],
    [
      'an error of Lambda',
      thrown('Lambda.TooManyRequestsException', 'Rate exceeded'),
      'Lambda.TooManyRequestsException',
      'Rate exceeded',
    ],
  ])('fails by %s', async (_, error, name, cause) => {
    const ask = (): never => {
      throw error;
    };
    const { execution } = await run({ Ask: task('Ask') }, {}, { Ask: ask });
    expect(execution.standing).toMatchObject({ status: 'FAILED', error: name, cause });
    expect(execution.history.events.at(-2)).toMatchObject({
      type: 'TaskFailed',
      taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke', error: name, cause },
    });
    expect(execution.history.events.at(-1)).toMatchObject({
      type: 'ExecutionFailed',
      previousEventId: 5,
      executionFailedEventDetails: { error: name, cause },
    });
  });

  it('evaluates Output and Assign from the values of before, and tells of the assigned ones', async () => {
    const states = {
      First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
      Second: task('Ask', {
        Assign: { n: '{% $n + 1 %}', all: '{% $states.result.Payload %}' },
        Output: '{% $n %}',
        Next: 'Third',
      }),
      Third: { Type: 'Pass', Output: '{% [$states.input, $n, $all] %}', End: true },
    };
    const { execution } = await run(states, {}, { Ask: () => 'all' });
    expect(execution.standing.output).toEqual([1, 2, 'all']);
    const exited = execution.history.events.find(({ type }) => type === 'TaskStateExited');
    expect(exited?.stateExitedEventDetails).toMatchObject({ assignedVariables: { n: '2', all: '"all"' } });
  });

  it.each<[string, Fields, string]>([
    [
      'a name that is no text',
      { Arguments: { FunctionName: '{% 1 %}' } },
      "Expected 'string', but was 'number' for value: 1",
    ],
    [
      'a timeout that is no number',
      { TimeoutSeconds: "{% 'x' %}" },
      `Expected 'number', but was 'string' for value: "x"`,
    ],
    ['a timeout that is not whole', { TimeoutSeconds: '{% 1.5 %}' }, 'whole number'],
  ])('refuses %s', async (_, fields, why) => {
    const { execution } = await run({ Ask: task('Ask', fields) }, {}, { Ask: () => 1 });
    expect(execution.standing.error).toBe('States.QueryEvaluationError');
    expect(execution.standing.cause).toContain(why);
    expect(typesOf(execution)).not.toContain('TaskScheduled');
  });
});
