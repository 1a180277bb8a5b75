import { describe, expect, it } from 'vitest';
import { definition, start } from '../../../support/state-machines.ts';
import {
  arn,
  call,
  given,
  refusal,
  roleArn,
  service,
  succeeding,
  waiting,
} from '../../../support/step-functions.ts';

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
