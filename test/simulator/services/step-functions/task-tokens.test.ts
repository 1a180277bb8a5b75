import { describe, expect, it } from 'vitest';
import { definition, task } from '../../../support/state-machines.ts';
import { call, given, refusal, service } from '../../../support/step-functions.ts';

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
