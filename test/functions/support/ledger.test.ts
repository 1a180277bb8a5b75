import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, ledgerSettings, ownerSchema } from '../../../functions/support/ledger.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, execution, later, prepare } from '../../support/ledger-account.ts';

describe('Ledger', () => {
  it('knows nothing of what was not made', async () => {
    const { ledger } = await prepare();

    await expect(ledger.find('directory', 'aws.example.com')).resolves.toBeUndefined();
    await expect(ledger.all()).resolves.toEqual([]);
  });

  it('says what is about to be made, by whom and when', async () => {
    const { ledger } = await prepare();

    await ledger.making('directory', 'aws.example.com');

    await expect(ledger.find('directory', 'aws.example.com')).resolves.toEqual({
      item: 'made#directory#aws.example.com',
      execution,
      at,
    });
  });

  it('keeps an entry that is there: its execution, its time, its id and what was before', async () => {
    const account = await prepare();
    await account.ledger.making('forwarder-in-aws', 'corp.example.com', { before: '10.0.0.1' });
    await account.ledger.made('forwarder-in-aws', 'corp.example.com', 'd-1');
    const before = await account.ledger.all();
    await account.clock.sleep(60_000);

    await account.ledgerOf(later).making('forwarder-in-aws', 'corp.example.com', { before: '10.0.0.2' });

    await expect(account.ledger.all()).resolves.toEqual(before);
    expect(before).toEqual([
      {
        item: 'made#forwarder-in-aws#corp.example.com',
        execution,
        at,
        id: 'd-1',
        before: '10.0.0.1',
      },
    ]);
  });

  it('tells whether an entry is new', async () => {
    const account = await prepare();

    await expect(account.ledger.making('login', 'one')).resolves.toBe(true);
    await expect(account.ledger.making('login', 'one')).resolves.toBe(false);
    await expect(account.ledgerOf(later).making('login', 'one')).resolves.toBe(false);
    await expect(account.ledger.making('login', 'two')).resolves.toBe(true);
  });

  it.each(['making', 'makingAnew'] as const)('passes on what DynamoDB refuses: %s', async (method) => {
    const { ledger, disturb } = await prepare();
    disturb((call, answer) =>
      call.operation === 'PutItem'
        ? Promise.reject(new ServiceError('ResourceNotFoundException', 'No table.'))
        : answer(),
    );

    await expect(ledger[method]('login', 'one')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('fills in the id, of an entry only', async () => {
    const { ledger } = await prepare();
    await ledger.making('directory', 'aws.example.com');

    await ledger.made('directory', 'aws.example.com', 'd-1');
    await ledger.made('directory', 'aws.example.com', 'd-2');
    await expect(ledger.made('directory', 'other.example.com', 'd-3')).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });

    await expect(ledger.all()).resolves.toMatchObject([{ id: 'd-2' }]);
  });

  it('forgets one entry and keeps the others; forgetting again is no mistake', async () => {
    const { ledger } = await prepare();
    await ledger.making('login', 'CORP\\one');
    await ledger.making('login', 'CORP\\two');

    await ledger.forget('login', 'CORP\\one');
    await ledger.forget('login', 'CORP\\one');

    await expect(ledger.all()).resolves.toMatchObject([{ item: 'made#login#CORP\\two' }]);
  });

  it('keeps any key, id and value as they are', async () => {
    const { dynamodb } = await prepare();
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    let requests = 0;
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (key, other, id, before) => {
        fc.pre(key !== other);
        requests += 1;
        const owner = { requestId: `request-${requests}`, execution };
        const ledger = new Ledger(dynamodb, 'ledger', owner, () => new Date(0));
        await ledger.making('login', key, { before });
        await ledger.making('login', other);
        await ledger.made('login', key, id);
        await ledger.forget('login', other);
        const entry = { item: `made#login#${key}`, execution, at: '1970-01-01T00:00:00.000Z', id, before };
        expect(await ledger.find('login', key)).toEqual(entry);
        expect(await ledger.all()).toEqual([entry]);
      }),
      { numRuns: 50 },
    );
  });

  it('passes on what else goes wrong', async () => {
    const { ledger, disturb } = await prepare();
    disturb(() => Promise.reject(new ServiceError('ResourceNotFoundException', 'No table.')));

    await expect(ledger.making('login', 'x')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('needs a table, a request and an execution', () => {
    expect(ledgerSettings.safeParse({ LEDGER_TABLE: '' }).success).toBe(false);
    expect(ownerSchema.safeParse({ requestId: '', execution }).success).toBe(false);
    expect(ownerSchema.safeParse({ requestId: 'orders', execution: '' }).success).toBe(false);
  });
});
