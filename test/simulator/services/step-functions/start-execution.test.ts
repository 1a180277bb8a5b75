import { describe, expect, it } from 'vitest';
import { arn, call, refusal, service, succeeding, waiting } from '../../../support/step-functions.ts';

describe('an execution', () => {
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
});
