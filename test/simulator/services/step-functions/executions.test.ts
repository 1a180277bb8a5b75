import { describe, expect, it } from 'vitest';
import { definition, start, task } from '../../../support/state-machines.ts';
import { arn, call, given, refusal, service, succeeding, waiting } from '../../../support/step-functions.ts';

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
