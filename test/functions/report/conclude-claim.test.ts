import { describe, expect, it } from 'vitest';
import { reportAccount } from '../../support/report-account.ts';
import { failing, task } from '../../support/state-machines.ts';
import { deliver, prepare } from '../../support/status-events.ts';

describe('conclude, by who holds the claim,', () => {
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
});
