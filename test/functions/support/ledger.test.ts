import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotReady, TrustFailed } from '../../../functions/support/errors.ts';
import { Ledger, ledgerSettings, ownerSchema } from '../../../functions/support/ledger.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { reportAccount } from '../../support/report-account.ts';

const execution = 'arn:aws:states:eu-west-1:123456789012:execution:provision:orders-1';
const later = 'arn:aws:states:eu-west-1:123456789012:execution:provision:orders-2';
const at = '2026-01-01T00:00:00.000Z';

const prepare = async () => {
  const account = await reportAccount({ Done: { Type: 'Succeed' } });
  return { ...account, ledger: account.ledgerOf(execution) };
};

/** A login's entry as DynamoDB keeps it. */
const item = (key: string) => ({
  requestId: { S: 'orders' },
  item: { S: `made#login#${key}` },
  execution: { S: execution },
  at: { S: at },
});

const enter = (ledger: Ledger): Promise<boolean> => ledger.making('half-in-aws', 'x');
const attempt = <Made>(ledger: Ledger, isNew: boolean, make: () => Promise<Made>): Promise<Made> =>
  ledger.attempt(isNew, 'half-in-aws', 'x', make);

const answer = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error('So.'), { name, $metadata: { httpStatusCode } });

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

  describe('attempts to make a thing', () => {
    const kept = { item: 'made#half-in-aws#x', execution, at };

    it('and hands on what was made, entering nothing itself', async () => {
      const { ledger, calls } = await prepare();

      await expect(attempt(ledger, true, async () => 't-1')).resolves.toBe('t-1');

      expect(calls).toEqual([]);
    });

    const refusal = answer('InvalidParameterException', 400);
    const throttling = answer('ThrottlingException', 400);
    const busy = new NotReady('Wait.', { cause: answer('BusyException', 400) });

    it.each([
      ['new', 'AWS refuses it', refusal],
      ['new', 'AWS refuses it, in the words of a step', new TrustFailed('No.', { cause: refusal })],
      ['new', 'AWS asks for fewer calls', throttling],
      ['new', 'AWS is busy', busy],
      ['old', 'AWS refuses it', refusal],
      ['old', 'AWS refuses it, in the words of a step', new TrustFailed('No.', { cause: refusal })],
    ])('and strikes out an entry that is %s where %s', async (age, _which, error) => {
      const { ledger } = await prepare();
      await enter(ledger);

      await expect(attempt(ledger, age === 'new', () => Promise.reject(error))).rejects.toBe(error);

      await expect(ledger.all()).resolves.toEqual([]);
    });

    const unclear = [
      ['the answer is lost', new Error('socket hang up')],
      ['AWS has a fault', answer('InternalFailure', 500)],
      ['the answer is cut off', answer('SyntaxError', 200)],
      ['there is one already', answer('EntityAlreadyExistsException', 400)],
      ['something is thrown that is no error', 'a word'],
    ] as const;

    it.each([
      ...unclear.map(([which, error]) => ['new', which, error] as const),
      ...unclear.map(([which, error]) => ['old', which, error] as const),
      ['old', 'AWS asks for fewer calls', throttling] as const,
      ['old', 'AWS is busy', busy] as const,
    ])('and keeps an entry that is %s where %s', async (age, _which, error) => {
      const { ledger } = await prepare();
      await enter(ledger);

      await expect(attempt(ledger, age === 'new', () => Promise.reject(error))).rejects.toBe(error);

      await expect(ledger.all()).resolves.toEqual([kept]);
    });

    it.each([true, false])('and keeps one whose id is known, new: %s', async (isNew) => {
      const { ledger } = await prepare();
      await enter(ledger);
      await ledger.made('half-in-aws', 'x', 't-1');

      await expect(attempt(ledger, isNew, () => Promise.reject(refusal))).rejects.toBe(refusal);

      await expect(ledger.all()).resolves.toEqual([{ ...kept, id: 't-1' }]);
    });
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

  it('tells everything that this request made, whatever the page, and nothing else', async () => {
    const { ledger, dynamodb, claimOf, disturb, calls } = await prepare();
    const keys = Array.from({ length: 7 }, (_none, index) => `CORP\\user${index}`);
    for (const key of keys) await ledger.making('login', key);
    await claimOf(execution).take(null, new Date(0));
    const stranger = new Ledger(dynamodb, 'ledger', { requestId: 'orders2', execution }, () => new Date(0));
    await stranger.making('login', 'CORP\\stranger');
    disturb((call, answer) => {
      if (call.operation === 'Query') Object.assign(Object(call.input), { Limit: 3 });
      return answer();
    });

    const entries = await ledger.all();

    expect(entries.map(({ item }) => item)).toEqual(keys.map((key) => `made#login#${key}`));
    expect(calls.length).toBeGreaterThanOrEqual(1);
  });

  it('asks on until DynamoDB has no more pages', async () => {
    const { ledger, disturb, calls } = await prepare();
    const pages = [
      { Items: [item('one')], LastEvaluatedKey: { requestId: { S: 'orders' }, item: { S: 'one' } } },
      { Items: [], LastEvaluatedKey: { requestId: { S: 'orders' }, item: { S: 'two' } } },
      { Items: [item('three')] },
    ];
    disturb(() => Promise.resolve(pages.shift() ?? {}));

    const entries = await ledger.all();

    expect(entries.map((entry) => entry.item)).toEqual(['made#login#one', 'made#login#three']);
    expect(calls).toEqual(['dynamodb:Query', 'dynamodb:Query', 'dynamodb:Query']);
  });

  it('reads what was written last', async () => {
    const { ledger, disturb } = await prepare();
    const inputs: unknown[] = [];
    disturb((call, answer) => {
      inputs.push(call.input);
      return answer();
    });

    await ledger.find('login', 'x');
    await ledger.all();

    expect(inputs).toMatchObject([{ ConsistentRead: true }, { ConsistentRead: true }]);
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

  it('tells a kind from another whose name begins alike', async () => {
    const { ledger } = await prepare();
    await ledger.making('directory', 'rule#x');

    await expect(ledger.find('directory-rule', '#x')).resolves.toBeUndefined();
    await expect(ledger.find('security-group', 'rule#x')).resolves.toBeUndefined();
  });

  it('does not take what it cannot read for an entry', async () => {
    const { ledger, dynamodb } = await prepare();
    await dynamodb.send(
      new PutItemCommand({
        TableName: 'ledger',
        Item: { requestId: { S: 'orders' }, item: { S: 'made#login#x' }, at: { N: '1' } },
      }),
    );

    await expect(ledger.find('login', 'x')).rejects.toMatchObject({ name: 'ZodError' });
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
