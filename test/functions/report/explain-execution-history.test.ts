import { describe, expect, it } from 'vitest';
import { explained } from '../../support/explained-execution.ts';
import { reportAccount } from '../../support/report-account.ts';
import { block, failing, task, thrown } from '../../support/state-machines.ts';

const poll = (seconds: number, attempts: number) => [
  { ErrorEquals: ['NotReady'], IntervalSeconds: seconds, MaxAttempts: attempts, BackoffRate: 1 },
];

describe('explain-execution, from the history,', () => {
  it('says how often and how long it polled, and what it heard last', async () => {
    const account = await reportAccount(
      { 'Await directory': task('Ask', { Retry: poll(30, 480) }) },
      { Ask: failing(Array(500).fill('NotReady')) },
    );

    expect(await explained(account, await account.finished())).toMatchObject({
      error: 'NotReady',
      cause: expect.stringContaining(
        'failed at "Await directory" on 2026-01-01T04:00:00Z with NotReady. It tried 481 times in 4 h; the last answer was: NotReady happened. Usually',
      ),
    });
  });

  it('names the asking state where the awaiting one handed the failure back to it', async () => {
    let failures = 0;
    const account = await reportAccount(
      {
        'Verify trust': task('Ask', { Next: 'Await verification' }),
        'Await verification': task('Await', {
          Retry: poll(10, 3),
          Catch: [{ ErrorEquals: ['TrustFailed'], Next: 'Verify trust' }],
        }),
      },
      {
        Ask: () => {
          failures += 1;
          if (failures > 1) throw thrown('TrustFailed', 'AWS: Access is denied');
        },
        Await: failing(['NotReady', 'NotReady', 'TrustFailed']),
      },
    );

    expect(await explained(account, await account.finished())).toHaveProperty(
      'cause',
      expect.stringContaining(
        'failed at "Verify trust" on 2026-01-01T00:00:20Z with TrustFailed. AWS: Access is denied. ',
      ),
    );
  });

  it('finds the state that failed among branches', async () => {
    const branches = [
      block({
        'Open traffic': task('Open', { Next: 'Await directory' }),
        'Await directory': task('Ask', { Retry: poll(60, 9) }),
      }),
      block({ 'Await database': task('Wait', { Retry: poll(7, 99) }) }),
    ];
    const account = await reportAccount(
      { Build: { Type: 'Parallel', Branches: branches, End: true } },
      {
        Open: () => 'open',
        Ask: failing(['NotReady', 'DirectoryFailed']),
        Wait: failing(Array(99).fill('NotReady')),
      },
    );

    expect(await explained(account, await account.finished())).toHaveProperty(
      'cause',
      expect.stringContaining(
        'failed at "Await directory" on 2026-01-01T00:01:00Z with DirectoryFailed. It tried 2 times in 60 s; the last answer was: DirectoryFailed happened.',
      ),
    );
  });

  it('tells of what failed after a redrive, not before', async () => {
    const account = await reportAccount(
      { 'Await directory': task('Ask', { Retry: poll(60, 1) }) },
      { Ask: failing(['NotReady', 'NotReady', 'DirectoryFailed']) },
    );
    const executionArn = await account.finished();
    await account.redriven(executionArn);

    expect(await explained(account, executionArn)).toMatchObject({
      error: 'DirectoryFailed',
      cause: expect.stringContaining('with DirectoryFailed. DirectoryFailed happened. Usually'),
    });
  });

  it('names an expression that could not be evaluated as a defect', async () => {
    const account = await reportAccount({
      'Say something': { Type: 'Pass', Output: '{% $states.input.nothing %}', End: true },
    });

    expect(await explained(account, await account.finished())).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringMatching(/failed at "Say something" .* a defect of Forestbridge/),
    });
  });

  it('says that a function was tried in vain even where AWS gives no reason', async () => {
    const retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 5, MaxAttempts: 2 }];
    const account = await reportAccount({
      'Ask a person': task('Ask', {
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'Ask', Payload: '{% $states.context.Task.Token %}' },
        Output: '{% $states.result %}',
        TimeoutSeconds: 60,
        Retry: retry,
      }),
    });

    expect(await explained(account, await account.finished())).toMatchObject({
      error: 'States.Timeout',
      cause: expect.stringContaining('with States.Timeout. It tried 3 times in 3 min. Usually'),
    });
  });
});
