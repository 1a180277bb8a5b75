import { describe, expect, it } from 'vitest';
import { later, prepare } from '../../support/ledger-account.ts';

describe('Ledger, where a thing is made anew,', () => {
  it('forgets the id of an earlier thing, which is gone, where it is made anew', async () => {
    const account = await prepare();
    await account.ledger.making('directory', 'aws.example.com', { before: '10.0.0.1' });
    await account.ledger.made('directory', 'aws.example.com', 'd-1');
    await account.clock.sleep(60_000);

    await account.ledgerOf(later).makingAnew('directory', 'aws.example.com');

    await expect(account.ledger.all()).resolves.toEqual([
      { item: 'made#directory#aws.example.com', execution: later, at: '2026-01-01T00:01:00.000Z' },
    ]);
  });

  it('keeps an entry without an id where the thing is made anew: it may be about that one', async () => {
    const account = await prepare();
    await account.ledger.making('directory', 'aws.example.com');
    const before = await account.ledger.all();
    await account.clock.sleep(60_000);

    await account.ledgerOf(later).makingAnew('directory', 'aws.example.com');

    await expect(account.ledger.all()).resolves.toEqual(before);
  });

  it('enters a thing whose entry is struck out at the same moment', async () => {
    const { ledger, disturb } = await prepare();
    await ledger.making('directory', 'aws.example.com');
    disturb(async (call, answer) => {
      const answered = answer();
      if (call.operation !== 'PutItem') return answered;
      disturb((_call, undisturbed) => undisturbed());
      await answered.catch(() => {});
      await ledger.forget('directory', 'aws.example.com');
      return answered;
    });

    await expect(ledger.makingAnew('directory', 'aws.example.com')).resolves.toBe(true);

    await expect(ledger.all()).resolves.toMatchObject([{ item: 'made#directory#aws.example.com' }]);
  });

  it('enters a thing that was never made', async () => {
    const { ledger } = await prepare();

    await ledger.makingAnew('directory', 'aws.example.com');

    await expect(ledger.all()).resolves.toMatchObject([{ item: 'made#directory#aws.example.com' }]);
  });
});
