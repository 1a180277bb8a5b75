import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/report/conclude.ts';
import { explainExecution } from '../../../functions/report/explain-execution.ts';
import { requestId } from '../../../functions/request/fields.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { type ReportAccount, reportAccount } from '../../support/report-account.ts';
import { failing, task } from '../../support/state-machines.ts';

/** What EventBridge makes of a change of status. */
const eventOf = (detail: object): unknown => ({
  version: '0',
  id: '315c1398-40ff-a850-213b-158f73e60175',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '123456789012',
  time: '2026-01-01T00:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: { ...detail, inputDetails: { included: true }, redriveCount: 0 },
});

/** An account with an execution that has failed as often as the list says, and holds the claim. */
const prepare = async (errors: readonly string[] = ['TrustFailed'], result: unknown = 'done') => {
  const account = await reportAccount({ 'Verify trust': task('Ask') }, { Ask: failing(errors, result) });
  const arn = await account.finished();
  await account.claimOf(arn).take(null, new Date(account.clock.now()));
  return { account, arn };
};

const isRequestId = (value: unknown): boolean => requestId.safeParse(value).success;

const deliver = async (account: ReportAccount, position = -1): Promise<void> => {
  expect(await account.run(conclude, eventOf(account.changes.at(position) ?? {}))).toEqual({});
};

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

  it.each([
    ['failed', ['TrustFailed']],
    ['succeeded', []],
  ])('tells once of what %s, however often it is delivered', async (_, errors) => {
    const { account, arn } = await prepare(errors);
    const items = () => Promise.all(['conclusion', `conclusion#${arn}`].map((item) => account.item(item)));
    await deliver(account);
    const concluded = await items();

    await account.clock.sleep(1000);
    await deliver(account);
    await deliver(account);

    expect(account.messages).toHaveLength(1);
    expect(await items()).toEqual(concluded);
  });

  it('tells of every redrive, and never again of what was before', async () => {
    const { account, arn } = await prepare(['TrustFailed', 'DirectoryFailed']);
    await deliver(account);
    await account.redriven(arn);
    await deliver(account);
    expect(await account.item('conclusion')).toMatchObject({
      redrives: { N: '1' },
      error: { S: 'DirectoryFailed' },
    });
    await account.redriven(arn);
    await deliver(account);

    // The events of both failures come once more, late.
    await deliver(account, 1);
    await deliver(account, 3);

    expect(account.messages.map(({ subject }) => subject)).toEqual([
      'Forestbridge: orders failed',
      'Forestbridge: orders failed',
      'Forestbridge: orders is done',
    ]);
    expect(await account.item('conclusion')).toMatchObject({
      redrives: { N: '2' },
      status: { S: 'SUCCEEDED' },
    });
    expect(await account.claimOf(arn).holder()).toBeNull();
  });

  it('tells of a redrive even where the claim is no longer held, once each', async () => {
    const { account, arn } = await prepare(['TrustFailed', 'DirectoryFailed', 'LoginFailed']);
    await deliver(account);
    const concluded = await account.item('conclusion');
    await account.claimOf(arn).release();
    for (const redrives of ['1', '2']) {
      await account.redriven(arn);

      await deliver(account);
      await deliver(account);

      expect(await account.item(`conclusion#${arn}`)).toMatchObject({
        execution: { S: arn },
        redrives: { N: redrives },
        toldAt: { S: '2026-01-01T00:00:00.000Z' },
      });
    }

    expect(account.messages).toHaveLength(3);
    expect(await account.item('conclusion')).toEqual(concluded);
  });

  it('says nothing of a failure whose execution runs again', async () => {
    const account = await reportAccount(
      { Ask: task('Ask', { Next: 'Rest' }), Rest: { Type: 'Wait', Seconds: 600, End: true } },
      { Ask: failing(['TrustFailed']) },
    );
    const execution = account.begin();
    await execution.ended;
    execution.redrive();

    await account.clock.busy(() => deliver(account, 1));

    expect(account.messages).toEqual([]);
    execution.stop(undefined, undefined);
  });

  it.each([1, null])(
    'waits where Step Functions does not show the end yet (stopDate %j)',
    async (stopDate) => {
      const account = await reportAccount({ Rest: { Type: 'Wait', Seconds: 600, End: true } });
      const execution = account.begin();
      const [running] = account.changes;

      await expect(
        account.clock.busy(() => account.run(conclude, eventOf({ ...running, status: 'FAILED', stopDate }))),
      ).rejects.toMatchObject({ name: 'NotReady', message: expect.stringContaining(execution.arn) });
      expect(account.messages).toEqual([]);
      execution.stop(undefined, undefined);
    },
  );

  it('does not let a second execution speak for the request that another one holds', async () => {
    const { account, arn } = await prepare(['TrustFailed', 'Conflict']);
    await deliver(account);
    const concluded = await account.item('conclusion');
    const refused = await account.finished('orders-2');

    await deliver(account);
    await deliver(account);

    expect(account.messages).toHaveLength(2);
    expect(account.messages[1]?.body).toContain('with Conflict.');
    expect(await account.item('conclusion')).toEqual(concluded);
    expect(await account.item(`conclusion#${refused}`)).toMatchObject({
      execution: { S: refused },
      status: { S: 'FAILED' },
      error: { S: 'Conflict' },
      text: { S: account.messages[1]?.body },
      toldAt: { S: '2026-01-01T00:00:00.000Z' },
    });
    expect(await account.item(`conclusion#${arn}`)).toMatchObject({ error: { S: 'TrustFailed' } });
    expect(await account.claimOf(arn).holder()).toBe(arn);
  });

  it.each([
    ['FAILED', ['InvalidRequest']],
    ['SUCCEEDED', []],
  ])('does not speak for the request where the claim was never taken: %s', async (status, errors) => {
    const account = await reportAccount({ Ask: task('Ask') }, { Ask: failing(errors) });
    const arn = await account.finished();

    await deliver(account);
    await deliver(account);

    expect(account.messages).toHaveLength(1);
    expect(await account.item('conclusion')).toBeUndefined();
    expect(await account.item(`conclusion#${arn}`)).toMatchObject({
      status: { S: status },
      toldAt: { S: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('does not tell of an end after people were told of a later one of that execution', async () => {
    const account = await reportAccount({ Ask: task('Ask') }, { Ask: failing(['InvalidRequest']) });
    const arn = await account.finished();
    const item = {
      requestId: { S: 'orders' },
      item: { S: `conclusion#${arn}` },
      execution: { S: arn },
      stoppedAt: { S: '2027-01-01T00:00:00.000Z' },
      toldAt: { S: '2027-01-01T00:00:00.000Z' },
    };
    const put = (redrives: string) =>
      account.dynamodb.send(
        new PutItemCommand({ TableName: 'ledger', Item: { ...item, redrives: { N: redrives } } }),
      );

    await put('1');
    await deliver(account);

    expect(account.messages).toEqual([]);
    expect(await account.item(`conclusion#${arn}`)).toMatchObject({ redrives: { N: '1' } });
  });

  it('tells each of two executions that were refused once', async () => {
    const { account, arn } = await prepare(['TrustFailed', 'Conflict', 'Conflict']);
    await deliver(account);
    for (const name of ['orders-2', 'orders-3']) await account.finished(name);
    const ends = [...account.changes.entries()].filter(([, { status }]) => status === 'FAILED');

    for (const [position] of [...ends, ...ends.toReversed()]) await deliver(account, position);

    expect(account.messages).toHaveLength(3);
    expect(await account.item('conclusion')).toMatchObject({ execution: { S: arn } });
  });

  it('replaces what it said of an execution whose claim another one has taken over', async () => {
    const { account } = await prepare(['TrustFailed', 'DirectoryFailed']);
    await deliver(account);
    const first = account.changes.length - 1;
    const second = await account.finished('orders-2');
    const holder = await account.claimOf(second).holder();
    await account.claimOf(second).take(holder, new Date());

    await deliver(account);
    await deliver(account, first);

    expect(await account.item('conclusion')).toMatchObject({
      execution: { S: second },
      error: { S: 'DirectoryFailed' },
    });
  });

  it.each([
    ['failed', 'failed too', ['TrustFailed', 'DirectoryFailed']],
    ['failed', 'succeeded', ['TrustFailed']],
    ['succeeded', 'succeeded too', []],
  ])(
    'tells once of an execution that %s, even where another one has carried the request on and %s',
    async (_first, _second, errors) => {
      const { account, arn } = await prepare(errors);
      const first = account.changes.length - 1;
      await deliver(account, first);
      await account.clock.sleep(1000);
      const second = await account.finished('orders-2');
      await expect(account.claimOf(second).take(arn, new Date(account.clock.now()))).resolves.toBe(true);
      await deliver(account);
      const concluded = await account.item('conclusion');
      expect(concluded).toMatchObject({ execution: { S: second } });

      await deliver(account, first);

      expect(account.messages).toHaveLength(2);
      expect(await account.item('conclusion')).toEqual(concluded);
      expect(await account.item(`conclusion#${arn}`)).toMatchObject({ execution: { S: arn } });
      expect(await account.item(`conclusion#${second}`)).toMatchObject({ execution: { S: second } });
    },
  );

  it('tells of an execution whose claim another one took before the event came, once and for itself only', async () => {
    const { account, arn } = await prepare(['TrustFailed', 'DirectoryFailed']);
    const first = account.changes.length - 1;
    const second = await account.finished('orders-2');
    await account.claimOf(second).take(arn, new Date());

    await deliver(account, first);
    await deliver(account, first);

    expect(account.messages).toMatchObject([{ body: expect.stringContaining('with TrustFailed.') }]);
    expect(await account.item('conclusion')).toBeUndefined();
  });

  it('does not write over the conclusion of an execution that ended later', async () => {
    const { account, arn } = await prepare(['TrustFailed', 'DirectoryFailed']);
    const first = account.changes.length - 1;
    await account.clock.sleep(1000);
    const second = await account.finished('orders-2');
    await account.claimOf(second).take(arn, new Date());
    await deliver(account);
    const concluded = await account.item('conclusion');
    // As if the first one had looked who holds the claim just before the second took it.
    await account.claimOf(arn).take(second, new Date());

    await deliver(account, first);

    expect(await account.item('conclusion')).toEqual(concluded);
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

  it('reports an execution whose input is anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            requestId: fc.oneof(fc.jsonValue(), fc.string({ unit: anyCharacter }), fc.constant('orders')),
          }),
        ),
        async (input) => {
          const account = await reportAccount({ Ask: task('Ask') }, { Ask: failing(['InvalidRequest']) });
          const arn = await account.finished('any', JSON.parse(JSON.stringify(input)));
          const written: unknown[] = [];
          account.disturb((call, answer) => {
            if (call.operation === 'PutItem') written.push(call.input);
            return answer();
          });

          await deliver(account);
          await deliver(account);

          expect(account.messages).toMatchObject([
            { subject: expect.stringMatching(/^Forestbridge: \S+ failed$/) },
          ]);
          // Only an id that is one has a place of its own in the ledger, and even there nothing speaks for its request.
          const asked = Object(input)?.requestId;
          const owner = isRequestId(asked) ? String(asked) : arn;
          const own = { Item: { requestId: { S: owner }, item: { S: `conclusion#${arn}` } } };
          expect(written).toMatchObject([own, own]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ['FAILED', ['InvalidRequest']],
    ['SUCCEEDED', []],
  ])('tells once of an execution that has no legal request id: %s', async (status, errors) => {
    const account = await reportAccount({ Ask: task('Ask') }, { Ask: failing(errors) });
    const arn = await account.finished('by-hand', { requestId: 'orders; rm' });

    await deliver(account);
    await deliver(account);

    expect(account.messages).toHaveLength(1);
    expect(await account.item('conclusion', arn)).toBeUndefined();
    expect(await account.item(`conclusion#${arn}`, arn)).toMatchObject({
      execution: { S: arn },
      status: { S: status },
      text: { S: account.messages[0]?.body },
      toldAt: { S: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('tells once more of such a one after a redrive, and never again of what was before', async () => {
    const account = await reportAccount(
      { Ask: task('Ask') },
      { Ask: failing(['InvalidRequest', 'Throttled']) },
    );
    const arn = await account.finished('by-hand', {});
    const first = account.changes.length - 1;
    await deliver(account);
    await account.redriven(arn);

    await deliver(account);
    await deliver(account, first);

    expect(account.messages.map(({ body }) => body)).toEqual([
      expect.stringContaining('InvalidRequest'),
      expect.stringContaining('Throttled'),
    ]);
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

  it.each(
    Object.entries(mishaps).flatMap(([name, mishap]) => [
      { name, mishap, errors: ['TrustFailed'], status: 'FAILED', who: 'speaks' },
      { name, mishap, errors: [], status: 'SUCCEEDED', who: 'speaks' },
      { name, mishap, errors: ['Conflict'], status: 'FAILED', who: 'does not speak' },
    ]),
  )(
    'comes to the same by whatever call $name, when it $status and $who for the request',
    async ({ mishap, errors, status, who }) => {
      const held = async () => {
        const prepared = await prepare(errors);
        const { account, arn } = prepared;
        const holder = who === 'speaks' ? arn : `${arn}-2`;
        await account.claimOf(holder).take(arn, new Date(account.clock.now()));
        return { ...prepared, holder };
      };
      const { account: undisturbed } = await held();
      undisturbed.calls.length = 0;
      await deliver(undisturbed);
      const calls = [...undisturbed.calls];
      for (const position of positionsOf(calls, mishap)) {
        const call = calls[position];
        const { account, arn, holder } = await held();
        account.disturb(at(position, mishap));
        const event = eventOf(account.changes.at(-1) ?? {});
        if (mishap === mishaps.carriedOutTwice) await account.run(conclude, event);
        else await expect(account.run(conclude, event)).rejects.toMatchObject({ name: 'Throttled' });

        await account.run(conclude, event);

        // SNS takes whatever it is given; only there a message can come twice.
        const isPublished =
          call === 'sns:Publish' && ['carriedOutTwice', 'answerLost'].includes(nameOf(mishap));
        const isUntold = call === 'dynamodb:UpdateItem' && ['callLost', 'throttled'].includes(nameOf(mishap));
        expect(account.messages).toHaveLength(isPublished || isUntold ? 2 : 1);
        const concluded = { execution: { S: arn }, status: { S: status } };
        expect(await account.item(`conclusion#${arn}`)).toMatchObject({
          ...concluded,
          toldAt: { S: '2026-01-01T00:00:00.000Z' },
        });
        expect([await account.item('conclusion')]).toMatchObject([who === 'speaks' ? concluded : undefined]);
        expect(await account.claimOf(arn).holder()).toBe(status === 'SUCCEEDED' ? null : holder);
      }
      expect(calls).toContain('sns:Publish');
    },
  );
});

const nameOf = (mishap: unknown): string =>
  Object.entries(mishaps).find(([, other]) => other === mishap)?.[0] ?? '';
