import { describe, expect, it } from 'vitest';
import { definition, task } from '../../../support/state-machines.ts';
import { call, given, service } from '../../../support/step-functions.ts';

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
