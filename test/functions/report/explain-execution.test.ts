import { describe, expect, it } from 'vitest';
import { explained, failedWith, redrive } from '../../support/explained-execution.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { reportAccount } from '../../support/report-account.ts';
import { block, task } from '../../support/state-machines.ts';

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

  it('explains a failure without a name or a reason', async () => {
    const account = await reportAccount({ Stop: { Type: 'Fail' } });

    expect(await explained(account, await account.finished())).toMatchObject({
      error: null,
      cause: expect.stringContaining('with an error without a name. No step of Forestbridge ends like that'),
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
