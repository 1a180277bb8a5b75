import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/report/conclude.ts';
import { reportAccount } from '../../support/report-account.ts';
import { failing, task } from '../../support/state-machines.ts';
import { deliver, eventOf, prepare } from '../../support/status-events.ts';

describe('conclude, event by event,', () => {
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
});
