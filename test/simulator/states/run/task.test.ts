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
} from '../../../support/state-machines.ts';

const retry = (...entries: Fields[]): Fields => ({ Retry: entries });
const poll = { ErrorEquals: ['NotReady'], IntervalSeconds: 60, MaxAttempts: 5, BackoffRate: 1 };
const times = (count: number, name: string): readonly string[] => Array.from({ length: count }, () => name);

const change = (payload: unknown): void => {
  if (payload instanceof Object) Object.assign(payload, { changed: true });
};

const missing = (more: Fields): Fields => ({
  Ask: task('Ask', { Output: '{% $states.result.Payload.missing %}', ...more }),
  Caught: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
});

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

  it.each<[string, Fields, number, string]>([
    ['arguments', { Arguments: { FunctionName: 'Ask', Payload: '{% $pad("", 262143) %}' } }, 1, 'Ask'],
    ['an answer', {}, 262_144, 'lambda'],
    ['an output', { Output: '{% [$states.result.Payload, $states.result.Payload] %}' }, 140_000, 'Ask'],
  ])('fails by too large %s', async (_, fields, size, name) => {
    const { execution } = await run({ Ask: task('Ask', fields) }, {}, { Ask: () => 'x'.repeat(size) });
    expect(execution.standing).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  });

  it('counts bytes, not characters', async () => {
    const { execution } = await run({ Ask: task('Ask') }, {}, { Ask: () => 'ä'.repeat(132_000) });
    expect(execution.standing.error).toBe('States.DataLimitExceeded');
  });

  it('refuses variables that are too large together', async () => {
    const big = '{% $pad("", 140000) %}';
    const states = { Both: { Type: 'Pass', Assign: { a: big, b: big }, End: true } };
    expect((await run(states)).execution.standing.error).toBe('States.DataLimitExceeded');
    const apart = {
      One: { Type: 'Pass', Assign: { a: big }, Next: 'Two' },
      Two: { Type: 'Pass', Assign: { b: big }, End: true },
    };
    expect((await run(apart)).execution.standing.status).toBe('SUCCEEDED');
  });

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
