import { describe, expect, it } from 'vitest';
import type { StatusChange } from '../../../simulator/services/step-functions/views.ts';
import { stepFunctions } from '../../../simulator/services/step-functions.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { Random } from '../../../simulator/world/random.ts';
import { definition, type Functions, start, task } from '../../support/state-machines.ts';

const roleArn = 'arn:aws:iam::123456789012:role/machine';
const call = { service: 'states', accessKeyId: 'anybody', operation: '' };
const arn = (name: string): string => `arn:aws:states:eu-west-1:123456789012:${name}`;
const succeeding = definition({ A: { Type: 'Succeed' } });
const waiting = definition({ A: { Type: 'Wait', Seconds: 60, End: true } });

const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('This operation is not answered.');
  return value;
};

/** Step Functions with one state machine, called `machine`. */
const service = async (text: string, functions: Functions = {}) => {
  const clock = new VirtualClock(start);
  const setting = { clock, random: new Random(1), accountId: '123456789012', region: 'eu-west-1' };
  const changes: StatusChange[] = [];
  const invoke = async (name: string, payload: unknown): Promise<unknown> => functions[name]?.(payload);
  const { operations, executions } = stepFunctions(setting, invoke, (change) => changes.push(change));
  const create = given(operations.CreateStateMachine);
  await create({ name: 'machine', definition: text, roleArn }, call);
  const begin = async (name: string, input = '{}'): Promise<string> => {
    const asked = { stateMachineArn: arn('stateMachine:machine'), name, input };
    const { executionArn } = await given(operations.StartExecution)(asked, call);
    return executionArn ?? '';
  };
  const describeExecution = async (executionArn: string) =>
    given(operations.DescribeExecution)({ executionArn }, call);
  return { clock, operations, executions, changes, create, begin, describeExecution };
};

const refusal = async (work: () => unknown): Promise<readonly [string, string]> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof ServiceError) return [error.code, error.message];
    throw error;
  }
  throw new Error('It was not refused.');
};

describe('state machines', () => {
  it('are created, described and listed', async () => {
    const { operations } = await service(succeeding);
    const machine = {
      stateMachineArn: arn('stateMachine:machine'),
      name: 'machine',
      type: 'STANDARD',
      creationDate: new Date(start),
    };
    expect(
      await operations.DescribeStateMachine?.({ stateMachineArn: machine.stateMachineArn }, call),
    ).toMatchObject({ ...machine, definition: succeeding, roleArn, status: 'ACTIVE' });
    expect(await operations.ListStateMachines?.({}, call)).toEqual({ stateMachines: [machine] });
  });

  it('are the same when they are created twice, and refused when they differ', async () => {
    const { create } = await service(succeeding);
    expect(await create({ name: 'machine', definition: succeeding, roleArn: 'another' }, call)).toMatchObject(
      { stateMachineArn: arn('stateMachine:machine') },
    );
    expect(await refusal(() => create({ name: 'machine', definition: waiting, roleArn }, call))).toEqual([
      'StateMachineAlreadyExists',
      `State Machine Already Exists: '${arn('stateMachine:machine')}'`,
    ]);
  });

  it.each([
    ['a bad name', { name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    ['a long name', { name: 'x'.repeat(81) }, 'InvalidName', 'Invalid Name: '],
    ['an express one', { type: 'EXPRESS' as const }, 'StateMachineTypeNotSupported', 'STANDARD'],
    [
      'a bad definition',
      { definition: definition({ A: { Type: 'Pass', Next: 'B' } }) },
      'InvalidDefinition',
      "Invalid State Machine Definition: '/States/A/Next: there is no state 'B' beside it'",
    ],
  ])('are refused with %s', async (_, fields, code, message) => {
    const { create } = await service(succeeding);
    const answer = await refusal(() =>
      create({ name: 'other', definition: succeeding, roleArn, ...fields }, call),
    );
    expect(answer[0]).toBe(code);
    expect(answer[1]).toContain(message);
  });

  it.each([
    ['machine', 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: machine'"],
    [
      arn('stateMachine:none'),
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${arn('stateMachine:none')}'`,
    ],
  ])('are not found as %s', async (stateMachineArn, code, message) => {
    const { operations } = await service(succeeding);
    for (const operation of [
      operations.DescribeStateMachine,
      operations.StartExecution,
      operations.ListExecutions,
    ])
      expect(await refusal(() => given(operation)({ stateMachineArn }, call))).toEqual([code, message]);
  });
});

describe('an execution', () => {
  it('starts at once, runs by itself and is described', async () => {
    const { begin, executions, describeExecution, changes } = await service(waiting);
    const executionArn = await begin('one', '{"a": 1}');
    expect(executionArn).toBe(arn('execution:machine:one'));
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'RUNNING',
      stopDate: undefined,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    await executions.ended(executionArn);
    expect(await describeExecution(executionArn)).toEqual({
      executionArn,
      stateMachineArn: arn('stateMachine:machine'),
      name: 'one',
      status: 'SUCCEEDED',
      startDate: new Date(start),
      stopDate: new Date(start + 60_000),
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const change = {
      executionArn,
      stateMachineArn: arn('stateMachine:machine'),
      name: 'one',
      startDate: start,
      input: '{"a":1}',
      error: null,
      cause: null,
    };
    expect(changes).toEqual([
      { ...change, status: 'RUNNING', stopDate: null, output: null },
      { ...change, status: 'SUCCEEDED', stopDate: start + 60_000, output: '{"a":1}' },
    ]);
  });

  it('gets a name where it has none, and an empty object where it has no input', async () => {
    const { operations } = await service(waiting);
    const started = await operations.StartExecution?.({ stateMachineArn: arn('stateMachine:machine') }, call);
    expect(started?.executionArn).toMatch(/:execution:machine:[0-9a-f]{32}$/);
    const { input } =
      (await operations.DescribeExecution?.({ executionArn: started?.executionArn }, call)) ?? {};
    expect(input).toBe('{}');
  });

  it('is the same one while it runs and the input is the same', async () => {
    const { begin, executions } = await service(waiting);
    const first = await begin('one', '{"a":1}');
    expect(await begin('one', '{ "a": 1 }')).toBe(first);
    expect(executions.all).toHaveLength(1);
    const refused = ['ExecutionAlreadyExists', `Execution Already Exists: '${first}'`];
    expect(await refusal(() => begin('one', '{"a":2}'))).toEqual(refused);
    await executions.ended(first);
    expect(await refusal(() => begin('one', '{"a":1}'))).toEqual(refused);
  });

  it.each(['', 'a b', 'a/b', 'a:b', 'a"b', 'a\nb', 'a\u0007b', 'x'.repeat(81)])(
    'is not called %j',
    async (name) => {
      const { begin } = await service(succeeding);
      expect((await refusal(() => begin(name)))[0]).toBe('InvalidName');
    },
  );

  it.each([
    ['no JSON', '{', 'InvalidExecutionInput', 'Invalid State Machine Execution Input: '],
    ['nothing', '', 'InvalidExecutionInput', 'Invalid State Machine Execution Input: '],
    ['too much', `"${'x'.repeat(262_143)}"`, 'ValidationException', 'less than or equal to 262144'],
  ])('is refused with %s for input', async (_, input, code, message) => {
    const { begin, executions } = await service(succeeding);
    const answer = await refusal(() => begin('one', input));
    expect(answer[0]).toBe(code);
    expect(answer[1]).toContain(message);
    expect(executions.all).toEqual([]);
  });

  it('takes as much input as AWS', async () => {
    const { begin } = await service(succeeding);
    expect(await begin('one', `"${'x'.repeat(262_142)}"`)).toContain(':one');
  });

  it('is not found under another ARN', async () => {
    const { operations } = await service(succeeding);
    const executionArn = arn('execution:machine:none');
    const { DescribeExecution, GetExecutionHistory, StopExecution, RedriveExecution } = operations;
    for (const operation of [DescribeExecution, GetExecutionHistory, StopExecution, RedriveExecution])
      expect(await refusal(() => given(operation)({ executionArn }, call))).toEqual([
        'ExecutionDoesNotExist',
        `Execution Does Not Exist: '${executionArn}'`,
      ]);
  });

  it('is stopped with an error and a cause', async () => {
    const { begin, operations, describeExecution } = await service(waiting);
    const executionArn = await begin('one');
    expect(await operations.StopExecution?.({ executionArn, error: 'Enough', cause: 'of it' }, call)).toEqual(
      { stopDate: new Date(start) },
    );
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'of it',
      redriveStatus: 'REDRIVABLE',
    });
  });

  it('is redriven once it has failed, and not before', async () => {
    let isBroken = true;
    const ask = (): string => {
      if (isBroken) throw new TypeError('no');
      return 'yes';
    };
    const { begin, operations, executions, describeExecution } = await service(
      definition({ A: task('Ask') }),
      { Ask: ask },
    );
    const executionArn = await begin('one');
    const redrive = given(operations.RedriveExecution);
    expect(await refusal(() => redrive({ executionArn }, call))).toEqual([
      'ExecutionNotRedrivable',
      "Execution Not Redrivable: 'Execution is RUNNING and cannot be redriven'",
    ]);
    await executions.ended(executionArn);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'TypeError',
      redriveStatus: 'REDRIVABLE',
      redriveCount: 0,
    });
    isBroken = false;
    expect(await redrive({ executionArn }, call)).toEqual({ redriveDate: new Date(start) });
    await executions.ended(executionArn);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"yes"',
      error: undefined,
      redriveCount: 1,
      redriveDate: new Date(start),
    });
  });
});

describe('ListExecutions', () => {
  const stateMachineArn = arn('stateMachine:machine');

  it('lists the newest first, page by page, even while new ones come', async () => {
    const { begin, operations } = await service(waiting);
    for (const name of ['a', 'b', 'c']) await begin(name);
    const list = given(operations.ListExecutions);
    const first = await list({ stateMachineArn, maxResults: 2 }, call);
    await begin('d');
    const second = await list({ stateMachineArn, maxResults: 2, nextToken: first.nextToken }, call);
    expect(first.executions?.map(({ name }) => name)).toEqual(['c', 'b']);
    expect(second.executions?.map(({ name }) => name)).toEqual(['a']);
    expect(second.nextToken).toBeUndefined();
  });

  it('lists by status and by redrive', async () => {
    const { begin, operations, executions } = await service(waiting);
    await executions.ended(await begin('over'));
    const stopped = await begin('redriven');
    await operations.StopExecution?.({ executionArn: stopped }, call);
    await operations.RedriveExecution?.({ executionArn: stopped }, call);
    const names = async (filter: object): Promise<readonly (string | undefined)[]> => {
      const { executions = [] } = await given(operations.ListExecutions)(
        { stateMachineArn, ...filter },
        call,
      );
      return executions.map(({ name }) => name);
    };
    expect(await names({ statusFilter: 'RUNNING' })).toEqual(['redriven']);
    expect(await names({ statusFilter: 'SUCCEEDED' })).toEqual(['over']);
    expect(await names({ redriveFilter: 'REDRIVEN' })).toEqual(['redriven']);
    expect(await names({ redriveFilter: 'NOT_REDRIVEN' })).toEqual(['over']);
  });

  it.each([
    ['a token nobody gave', { nextToken: 'nonsense' }, 'InvalidToken', "Invalid Token: 'Invalid token'"],
    ['a page that is too large', { maxResults: 1001 }, 'ValidationException', 'less than or equal to 1000'],
    [
      'a status there is not',
      { statusFilter: 'succeeded' },
      'ValidationException',
      "Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, ",
    ],
  ])('refuses %s', async (_, fields, code, message) => {
    const { operations } = await service(succeeding);
    const asked: object = { stateMachineArn, ...fields };
    const answer = await refusal(() => given(operations.ListExecutions)({ stateMachineArn, ...asked }, call));
    expect(answer[0]).toBe(code);
    expect(answer[1]).toContain(message);
  });
});

const history = async (asked: object) => {
  const { begin, operations, executions } = await service(definition({ A: task('Ask') }), {
    Ask: () => 'answer',
  });
  const executionArn = await begin('one', '{"secret":1}');
  await executions.ended(executionArn);
  return given(operations.GetExecutionHistory)({ executionArn, ...asked }, call);
};

describe('GetExecutionHistory', () => {
  it('tells the events in order, or the last one first, page by page', async () => {
    const { events = [], nextToken } = await history({});
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(nextToken).toBeUndefined();
    const last = await history({ reverseOrder: true, maxResults: 2 });
    expect(last.events?.map(({ id }) => id)).toEqual([7, 6]);
    const next = await history({ reverseOrder: true, maxResults: 2, nextToken: last.nextToken });
    expect(next.events?.map(({ id }) => id)).toEqual([5, 4]);
  });

  it('keeps the data to itself where it is asked to', async () => {
    const { events } = await history({ includeExecutionData: false });
    const text = JSON.stringify(events);
    expect(text).not.toContain('secret');
    expect(text).not.toContain('answer');
    expect(text).toContain('"name":"A"');
    expect(JSON.stringify((await history({})).events)).toContain('secret');
  });
});

describe('task tokens', () => {
  const text = definition({
    A: task('Ask', {
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'Ask', Payload: '{% $states.context.Task.Token %}' },
      Output: '{% $states.result %}',
    }),
  });

  /** An execution that waits for the token that it has given to its function. */
  const asking = async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const place = await service(text, { Ask: (payload) => resolve(String(payload)) });
    const executionArn = await place.begin('one');
    return { ...place, executionArn, taskToken: await promise };
  };

  it('bring success, and nothing more afterwards', async () => {
    const { operations, executions, executionArn, taskToken, describeExecution } = await asking();
    expect(await operations.SendTaskHeartbeat?.({ taskToken }, call)).toEqual({});
    expect(await operations.SendTaskSuccess?.({ taskToken, output: '{"fine":true}' }, call)).toEqual({});
    await executions.ended(executionArn);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"fine":true}',
    });
    expect(await refusal(() => given(operations.SendTaskSuccess)({ taskToken, output: '1' }, call))).toEqual([
      'TaskTimedOut',
      "Task Timed Out: 'Provided task does not exist anymore'",
    ]);
  });

  it('bring failure', async () => {
    const { operations, executions, executionArn, taskToken, describeExecution } = await asking();
    await operations.SendTaskFailure?.({ taskToken, error: 'Refused', cause: 'by hand' }, call);
    await executions.ended(executionArn);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'Refused',
      cause: 'by hand',
    });
  });

  it('are refused where they or their output are not real', async () => {
    const { operations, taskToken } = await asking();
    expect(await refusal(() => given(operations.SendTaskHeartbeat)({ taskToken: 'none' }, call))).toEqual([
      'InvalidToken',
      "Invalid Token: 'Invalid token'",
    ]);
    expect(
      (await refusal(() => given(operations.SendTaskSuccess)({ taskToken, output: '{' }, call)))[0],
    ).toBe('InvalidOutput');
  });
});
