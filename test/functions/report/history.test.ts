import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { failedState, newestFirst, statesUnderWay } from '../../../functions/report/history.ts';
import { reportAccount } from '../../support/report-account.ts';
import { block, failing, task } from '../../support/state-machines.ts';

type Given = Pick<HistoryEvent, 'type'> & Partial<HistoryEvent>;

/** Events in the order they were written, a second apart, each following the one before. */
const written = (...events: readonly Given[]): HistoryEvent[] =>
  events
    .map((event, index) =>
      Object.assign({ id: index + 1, previousEventId: index, timestamp: new Date(1000 * index) }, event),
    )
    .toReversed();

const entered = (name: string): Given => ({ type: 'TaskStateEntered', stateEnteredEventDetails: { name } });
const exited = (name: string): Given => ({ type: 'TaskStateExited', stateExitedEventDetails: { name } });
const scheduled: Given = { type: 'TaskScheduled' };
const taskFailed: Given = { type: 'TaskFailed' };
const executionFailed: Given = { type: 'ExecutionFailed' };
const redriven: Given = { type: 'ExecutionRedriven' };

describe('a history', () => {
  it('is read page by page from its end, without its data', async () => {
    const account = await reportAccount(
      {
        Ask: task('Ask', {
          Retry: [{ ErrorEquals: ['NotReady'], IntervalSeconds: 1, MaxAttempts: 999, BackoffRate: 1 }],
        }),
      },
      { Ask: failing([...Array(400).fill('NotReady'), 'Conflict']) },
    );
    const executionArn = await account.finished('orders-1', { requestId: 'orders', word: 'hidden' });
    account.calls.length = 0;

    const events = await Array.fromAsync(newestFirst(account.sfn, executionArn));

    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 1206 }, (_, index) => 1206 - index));
    expect(account.calls).toEqual(['states:GetExecutionHistory', 'states:GetExecutionHistory']);
    expect(JSON.stringify(events)).not.toContain('hidden');
    expect(await failedState(events)).toEqual({ name: 'Ask', tries: 401, milliseconds: 400_000 });
  });

  it('is read only as far as it matters', async () => {
    const account = await reportAccount(
      {
        Ask: task('Ask', {
          Retry: [{ ErrorEquals: ['NotReady'], IntervalSeconds: 1, MaxAttempts: 999, BackoffRate: 1 }],
          Next: 'Last',
        }),
        Last: task('Fail'),
      },
      { Ask: failing(Array(400).fill('NotReady')), Fail: failing(['Conflict']) },
    );
    const executionArn = await account.finished();
    account.calls.length = 0;

    expect(await failedState(newestFirst(account.sfn, executionArn))).toMatchObject({
      name: 'Last',
      tries: 1,
    });
    expect(account.calls).toEqual(['states:GetExecutionHistory']);
  });
});

describe('the state that failed', () => {
  it('is the one whose events lead to the failure, not the last one that was entered', async () => {
    const events = written(
      { type: 'ExecutionStarted' },
      entered('Await directory'),
      scheduled,
      { ...entered('Await database'), previousEventId: 1 },
      { ...taskFailed, previousEventId: 3 },
      { ...executionFailed, previousEventId: 5 },
    );
    expect(await failedState(events)).toEqual({ name: 'Await directory', tries: 1, milliseconds: 4000 });
  });

  it('is found where AWS does not say what came before the failure', async () => {
    const events = written(entered('Await directory'), scheduled, taskFailed, {
      ...executionFailed,
      previousEventId: 0,
    });
    expect(await failedState(events)).toEqual({ name: 'Await directory', tries: 1, milliseconds: 3000 });
  });

  it('is counted from the redrive, also where it was not entered anew', async () => {
    const events = written(
      entered('Await directory'),
      scheduled,
      taskFailed,
      executionFailed,
      redriven,
      scheduled,
      taskFailed,
      executionFailed,
    );
    expect(await failedState(events)).toEqual({ name: 'Await directory', tries: 1, milliseconds: 3000 });
  });

  it('is that of the last failure where it was redriven meanwhile', async () => {
    const events = written(entered('A'), scheduled, taskFailed, executionFailed, redriven, entered('A'));
    expect(await failedState(events)).toEqual({ name: 'A', tries: 1, milliseconds: 3000 });
  });

  it.each([
    ['there is none', written()],
    ['nothing failed', written(entered('A'), exited('A'), { type: 'ExecutionSucceeded' })],
    ['no state was entered', written({ type: 'ExecutionStarted' }, executionFailed)],
    ['the events say little', [{ type: 'ExecutionFailed', id: undefined, timestamp: undefined }] as const],
  ])('is not known where %s', async (_, events) => {
    expect(await failedState(events)).toBeUndefined();
  });
});

describe('the states under way', () => {
  it('were entered and not left since, in that order', async () => {
    const events = written(
      entered('Claim request'),
      exited('Claim request'),
      { type: 'ParallelStateEntered', stateEnteredEventDetails: { name: 'Build' } },
      { type: 'MapStateEntered', stateEnteredEventDetails: { name: 'For each' } },
      entered('Ask'),
      exited('Ask'),
      { type: 'WaitStateEntered', stateEnteredEventDetails: { name: 'Wait' } },
      entered('Ask'),
      { type: 'ExecutionAborted', previousEventId: 0 },
    );
    expect(await statesUnderWay(events)).toEqual(['Wait', 'Ask']);
  });

  it('are those of the last run of an execution that was redriven', async () => {
    const branches = [block({ Rest: { Type: 'Wait', Seconds: 60, Next: 'Ask' }, Ask: task('Ask') })];
    const account = await reportAccount(
      { Build: { Type: 'Parallel', Branches: branches, End: true } },
      { Ask: () => execution.stop(undefined, undefined) },
    );
    const execution = account.begin();
    execution.stop(undefined, undefined);
    await account.redriven(execution.arn);

    expect(await statesUnderWay(newestFirst(account.sfn, execution.arn))).toEqual(['Ask']);
  });
});
