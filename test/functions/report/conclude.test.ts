import { describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/report/conclude.ts';
import { explainExecution } from '../../../functions/report/explain-execution.ts';
import { reportAccount } from '../../support/report-account.ts';
import { deliver, eventOf, prepare } from '../../support/status-events.ts';

const result = {
  requestId: 'orders',
  directory: { id: 'd-1234567890', name: 'aws.example.com' },
  trust: { id: 't-1234567890', state: 'Verified', direction: 'One-Way: Outgoing', type: 'Forest' },
  database: {
    identifier: 'orders',
    endpoint: 'orders.abc.rds.amazonaws.com',
    port: 1433,
    kerberosName: 'orders.aws.example.com',
    connectionStrings: { kerberos: 'Server=by-kerberos', ntlm: 'Server=by-ntlm' },
    authSchemeQuery: 'SELECT 1',
    membership: 'joined',
    rebootOwed: false,
    logins: ['CORP\\DBAdmins', 'CORP\\App'],
  },
  findings: [{ level: 'warning', code: 'clock', message: 'The clocks differ.' }],
};

describe('conclude', () => {
  it('explains a failure to people and to the ledger, and keeps the claim', async () => {
    const { account, arn } = await prepare();

    await deliver(account);

    const { cause } = Object(await account.run(explainExecution, { executionArn: arn }));
    expect(account.messages).toMatchObject([{ subject: 'Forestbridge: orders failed', body: cause }]);
    const concluded = {
      requestId: { S: 'orders' },
      execution: { S: arn },
      redrives: { N: '0' },
      stoppedAt: { S: '2026-01-01T00:00:00.000Z' },
      status: { S: 'FAILED' },
      error: { S: 'TrustFailed' },
      text: { S: cause },
    };
    expect(await account.item('conclusion')).toEqual({ ...concluded, item: { S: 'conclusion' } });
    expect(await account.item(`conclusion#${arn}`)).toEqual({
      ...concluded,
      item: { S: `conclusion#${arn}` },
      toldAt: { S: '2026-01-01T00:00:00.000Z' },
    });
    expect(await account.claimOf(arn).holder()).toBe(arn);
  });

  it('tells what was built, and gives the request free', async () => {
    const { account, arn } = await prepare([], result);

    await deliver(account);

    expect(account.messages).toMatchObject([
      {
        subject: 'Forestbridge: orders is done',
        body: [
          'The request orders is done: the directory aws.example.com (d-1234567890) and its trust t-1234567890 (Forest, One-Way: Outgoing), which is Verified.',
          'The database orders answers on port 1433 at orders.aws.example.com (Kerberos) and at orders.abc.rds.amazonaws.com (NTLM).',
          'Connect by Kerberos with: Server=by-kerberos',
          'Windows logins: CORP\\DBAdmins, CORP\\App.',
          'What to look at:',
          '- The clocks differ.',
        ].join('\n'),
      },
    ]);
    expect(await account.item('conclusion')).toMatchObject({
      status: { S: 'SUCCEEDED' },
      error: { NULL: true },
    });
    expect(await account.claimOf(arn).holder()).toBeNull();
  });

  it.each([
    [
      'no logins',
      { ...result, database: { ...result.database, logins: [] }, findings: [] },
      'Windows logins: none.',
    ],
    ['no database', { ...result, database: undefined, findings: [] }, 'which is Verified.'],
    ['another result', 'done', 'The request orders is done.'],
  ])('tells of a success with %s', async (_, output, end) => {
    const { account } = await prepare([], output);

    await deliver(account);

    expect(account.messages.map(({ body }) => body)).toEqual([expect.stringMatching(new RegExp(`${end}$`))]);
  });

  it.each([
    ['ABORTED', 'Forestbridge: orders was stopped', undefined],
    ['TIMED_OUT', 'Forestbridge: orders took too long', 60],
  ])('tells of an execution that was %s', async (status, subject, seconds) => {
    const account = await reportAccount(
      { Rest: { Type: 'Wait', Seconds: 600, End: true } },
      {},
      seconds === undefined ? {} : { TimeoutSeconds: seconds },
    );
    const execution = account.begin();
    if (seconds === undefined) execution.stop(undefined, undefined);
    await execution.ended;
    await account.claimOf(execution.arn).take(null, new Date());

    await deliver(account);

    expect(account.messages).toMatchObject([{ subject, body: expect.stringContaining('during "Rest"') }]);
    expect(await account.item('conclusion')).toMatchObject({ status: { S: status } });
  });

  it('does nothing where an execution has only begun', async () => {
    const { account } = await prepare();
    account.calls.length = 0;

    await deliver(account, 0);

    expect(account.calls).toEqual([]);
  });

  it('asks the ledger for what was written last', async () => {
    const { account } = await prepare();
    const reads: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'GetItem') reads.push(call.input);
      return answer();
    });

    await deliver(account);

    expect(reads).not.toEqual([]);
    expect(reads).toEqual(reads.map(() => expect.objectContaining({ ConsistentRead: true })));
  });

  it.each([
    [{}],
    [eventOf({})],
    [Object.assign(Object(eventOf({ executionArn: 'a', status: 'FAILED', stopDate: 1 })), { source: 'x' })],
    [eventOf({ executionArn: 'a', status: 'WHATEVER', stopDate: 1 })],
  ])('refuses an event of another kind', async (event) => {
    const account = await reportAccount({ Done: { Type: 'Succeed' } });

    await expect(account.run(conclude, event)).rejects.toMatchObject({ name: 'InvalidRequest' });
  });
});
