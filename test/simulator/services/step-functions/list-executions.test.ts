import { describe, expect, it } from 'vitest';
import { arn, call, given, refusal, service, succeeding, waiting } from '../../../support/step-functions.ts';

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
