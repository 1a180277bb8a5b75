import { describe, expect, it } from 'vitest';
import { explainExecution } from '../../../functions/report/explain-execution.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { type ReportAccount, reportAccount } from '../../support/report-account.ts';
import { block, failing, task, thrown } from '../../support/state-machines.ts';

const poll = (seconds: number, attempts: number) => [
  { ErrorEquals: ['NotReady'], IntervalSeconds: seconds, MaxAttempts: attempts, BackoffRate: 1 },
];

const explained = (account: ReportAccount, executionArn: string) =>
  account.run(explainExecution, { executionArn });

/** An execution whose only function fails like that, at a state of that name. */
const failedWith = async (error: string, message: string, state = 'Ensure something') => {
  const account = await reportAccount(
    { [state]: task('Ask') },
    {
      Ask: () => {
        throw thrown(error, message);
      },
    },
  );
  return { account, executionArn: await account.finished() };
};

const redrive =
  'aws stepfunctions redrive-execution --execution-arn arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1';

describe('explain-execution', () => {
  it('says nothing of an execution that succeeded or is still running', async () => {
    const account = await reportAccount({ Rest: { Type: 'Wait', Seconds: 60, End: true } });
    const { arn, ended } = account.begin();

    expect(await account.clock.busy(() => explained(account, arn))).toEqual({
      status: 'RUNNING',
      error: null,
      cause: null,
    });
    await ended;
    expect(await explained(account, arn)).toEqual({ status: 'SUCCEEDED', error: null, cause: null });
  });

  it('names the state, the time, the reason, the cause, what exists and the next move', async () => {
    const { account, executionArn } = await failedWith('DirectoryFailed', 'The directory d-1 is Inoperable');
    const ledger = account.ledgerOf(executionArn);
    await ledger.making('directory', 'aws.example.com');
    await ledger.made('directory', 'aws.example.com', 'd-1234567890');
    await ledger.making('secret', 'forestbridge/orders/trust');

    expect(await explained(account, executionArn)).toEqual({
      status: 'FAILED',
      error: 'DirectoryFailed',
      cause:
        'The request orders failed at "Ensure something" on 2026-01-01T00:00:00Z with DirectoryFailed. The directory d-1 is Inoperable. ' +
        'Usually AWS could not create the directory, its subnets have no free addresses, or it is impaired. ' +
        'What exists now: directory aws.example.com (d-1234567890); secret forestbridge/orders/trust (begun, perhaps not there). ' +
        `Next: look at the directory in the Directory Service console, mend it or delete it, then continue where it stopped: ${redrive}`,
    });
  });

  it.each([
    ['Forbidden', 'outside the configured connections', 'the connections or the role extended'],
    ['PreflightFailed', 'not prepared yet', 'mend everything that is listed'],
    ['Conflict', 'changed it by hand', 'settle what the message says'],
    ['CommandFailed', 'SSM agent is offline', 'in Run Command'],
    ['TrustFailed', 'do not reach each other', 'mend what the reason points at'],
    ['DatabaseFailed', 'a quota', "the instance's events in RDS"],
    ['DomainJoinFailed', 'does not reach the directory', 'the security groups, the routes or the role'],
    ['LoginFailed', 'spelt differently', 'whether the trust still verifies'],
    ['Throttled', 'many calls', 'wait some minutes'],
    ['NotReady', 'takes longer', 'mend what stops it'],
    ['States.Timeout', 'hung on a call', "look at the function's log"],
    ['Sandbox.Timedout', 'hung on a call', "look at the function's log"],
    ['Lambda.Unknown', 'AWS Lambda had an outage', "the state machine's role"],
    ['TypeError', 'a defect of Forestbridge', "report it with this error's name"],
    ['constructor', 'a defect of Forestbridge', "report it with this error's name"],
  ])('tells what %s usually comes from, and what to do before the redrive', async (error, usually, next) => {
    const { account, executionArn } = await failedWith(error, 'Something is wrong.');

    const told = await explained(account, executionArn);

    expect(told).toMatchObject({ status: 'FAILED', error });
    expect(told).toHaveProperty('cause', expect.stringContaining(` with ${error}. `));
    expect(told).toHaveProperty('cause', expect.stringContaining('Something is wrong.'));
    expect(told).toHaveProperty('cause', expect.stringContaining(usually));
    expect(told).toHaveProperty('cause', expect.stringContaining(`Nothing was made. Next: `));
    expect(told).toHaveProperty('cause', expect.stringContaining(next));
    expect(told).toHaveProperty(
      'cause',
      expect.stringContaining(`, then continue where it stopped: ${redrive}`),
    );
  });

  it('has an invalid request corrected and started anew, and keeps its lines', async () => {
    const problems = 'The request has 2 problems:\n- requestId: write it.\n- trust: write it.';
    const { account, executionArn } = await failedWith('InvalidRequest', problems, 'Validate request');

    const told = await explained(account, executionArn);

    expect(told).toHaveProperty(
      'cause',
      expect.stringContaining(`${problems}\nUsually a value was mistyped`),
    );
    expect(told).toHaveProperty(
      'cause',
      expect.stringMatching(
        /Nothing was made\. Next: correct the request and start a new execution with it\.$/,
      ),
    );
  });

  it('starts anew what ended because something was to be removed, which no workflow of ours does', async () => {
    const { account, executionArn } = await failedWith('RemovalDue', 'The directory d-1 is to be removed.');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringMatching(
        /Usually the workflow was changed by hand.* Next: deploy the stack again, and have the request carried out anew\.$/,
      ),
    );
  });

  it('does not take every failure to claim a request for a second execution', async () => {
    const { account, executionArn } = await failedWith('Throttled', 'Slow down.', 'Claim request');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringContaining('many calls are made'),
    );
  });

  it('has the second execution of a request wait for the first', async () => {
    const { account, executionArn } = await failedWith('Conflict', 'Another one.', 'Claim request');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringContaining(
        'Usually somebody started the same request twice, or used its requestId for another one. Nothing was made. Next: wait until the other execution has ended, or choose another requestId',
      ),
    );
  });

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

  it('explains a failure without a name or a reason', async () => {
    const account = await reportAccount({ Stop: { Type: 'Fail' } });

    expect(await explained(account, await account.finished())).toMatchObject({
      error: null,
      cause: expect.stringContaining('with an error without a name. No step of Forestbridge ends like that'),
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

  it('tells which states somebody interrupted', async () => {
    const branches = [
      block({
        Before: { Type: 'Pass', Next: 'Await directory' },
        'Await directory': { Type: 'Wait', Seconds: 900, End: true },
      }),
      block({ 'Await database': task('Stop') }),
    ];
    const account = await reportAccount(
      { Build: { Type: 'Parallel', Branches: branches, End: true } },
      { Stop: () => execution.stop('Enough', 'of it') },
    );
    const execution = account.begin();
    await execution.ended;

    expect(await explained(account, execution.arn)).toEqual({
      status: 'ABORTED',
      error: 'Enough',
      cause:
        'The request orders was stopped on 2026-01-01T00:00:00Z during "Await database" and "Await directory". Enough: of it. ' +
        `Who stopped it is in CloudTrail's StopExecution event. Nothing was made. Next: when it may go on, continue where it stopped: ${redrive}`,
    });
  });

  it('tells what took too long', async () => {
    const account = await reportAccount(
      { Rest: { Type: 'Wait', Seconds: 600, End: true } },
      {},
      { TimeoutSeconds: 60 },
    );

    expect(await explained(account, await account.finished())).toEqual({
      status: 'TIMED_OUT',
      error: null,
      cause: `The request orders took longer than its state machine allows and was ended on 2026-01-01T00:01:00Z during "Rest". Usually a step waits for somebody. Nothing was made. Next: when it may go on, continue where it stopped: ${redrive}`,
    });
  });

  it.each([
    'The product pp-1 was terminated. Usually somebody redrove it: launch a new product, or start a new execution with another requestId.',
    'The request orders was carried on by another execution, so this one must not go on. Start a new execution.',
  ])('has nobody redrive what would be refused again: %s', async (reason) => {
    const { account, executionArn } = await failedWith('Conflict', reason, 'Claim request');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringMatching(/start a new execution of the same request, which takes up what exists\.$/),
    );
  });

  it('has an execution that cannot be redriven any more started anew', async () => {
    const { account, executionArn } = await failedWith('TrustFailed', 'No.');
    await account.clock.sleep(15 * 86_400_000);

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringMatching(
        /then start a new execution of the same request, which takes up what exists; this one cannot be redriven any more\.$/,
      ),
    );
  });

  it.each([
    [{}],
    [[]],
    [null],
    ['orders'],
    [{ requestId: 7 }],
    [{ requestId: 'a;b' }],
    [{ requestId: '../orders' }],
  ])('calls an execution by its name where its input %j names no request', async (input) => {
    const { account } = await failedWith('InvalidRequest', 'No.');
    const executionArn = await account.finished('another', input);
    account.calls.length = 0;

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringContaining('The execution another failed'),
    );
    expect(account.calls.filter((call) => call.startsWith('dynamodb'))).toEqual([]);
  });

  it.each(['arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:none', 'nonsense', ''])(
    'finds no execution %j',
    async (executionArn) => {
      const account = await reportAccount({ Done: { Type: 'Succeed' } });

      await expect(explained(account, executionArn)).rejects.toMatchObject({ name: 'InvalidRequest' });
    },
  );

  it('changes nothing, and is asked again where AWS did not answer', async () => {
    const { account, executionArn } = await failedWith('TrustFailed', 'No.');
    const before = await explained(account, executionArn);
    account.disturb((_call, answer) => answer());
    await explained(account, executionArn);
    const calls = [...account.calls];

    expect(calls).toEqual(['states:DescribeExecution', 'dynamodb:Query', 'states:GetExecutionHistory']);
    for (const [position] of calls.entries())
      for (const mishap of [mishaps.answerLost, mishaps.callLost, mishaps.throttled]) {
        account.disturb(at(position, mishap));
        await expect(explained(account, executionArn)).rejects.toMatchObject({ name: 'Throttled' });
        expect(await explained(account, executionArn)).toEqual(before);
      }
  });
});
