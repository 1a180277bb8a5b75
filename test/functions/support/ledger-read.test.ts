import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../functions/support/ledger.ts';
import { at, execution, prepare } from '../../support/ledger-account.ts';

/** A login's entry as DynamoDB keeps it. */
const item = (key: string) => ({
  requestId: { S: 'orders' },
  item: { S: `made#login#${key}` },
  execution: { S: execution },
  at: { S: at },
});

describe('Ledger, as it is read,', () => {
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
    expect(calls).toEqual(Array(3).fill('dynamodb:Query'));
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
});
