import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { key, needs, through } from './needs.ts';

describe('What DynamoDB needs', () => {
  let world: World;
  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
  });

  const table = 'dynamodb:table/ledger';
  const item = { requestId: { S: 'orders' }, item: { S: 'claim' } };

  it.each([
    ['GetItem', { Key: item }],
    ['UpdateItem', { Key: item }],
    ['DeleteItem', { Key: item }],
    ['PutItem', { Item: item }],
    [
      'Query',
      {
        KeyConditionExpression: '#item = :item AND #id = :id',
        ExpressionAttributeNames: { '#item': 'item', '#id': 'requestId' },
        ExpressionAttributeValues: { ':item': { S: 'claim' }, ':id': { S: 'orders' } },
      },
    ],
    [
      'Query',
      { KeyConditionExpression: 'requestId=:id', ExpressionAttributeValues: { ':id': { S: 'orders' } } },
    ],
  ])('for %s: the table, and whose items: %j', (operation, input) => {
    expect(needs(world, 'dynamodb', operation, { TableName: 'ledger', ...input })).toEqual([
      `dynamodb:${operation} on ${table} dynamodb:LeadingKeys=orders`,
    ]);
  });

  it('for a scan: the table alone, or its index', () => {
    expect(needs(world, 'dynamodb', 'Scan', { TableName: 'ledger' })).toEqual([`dynamodb:Scan on ${table}`]);
    expect(needs(world, 'dynamodb', 'Scan', { TableName: 'ledger', IndexName: 'by-trust' })).toEqual([
      `dynamodb:Scan on ${table}/index/by-trust`,
    ]);
  });

  it("under a customer's key: opening the table's key", () => {
    const TableName = 'arn:aws:dynamodb:eu-central-1:111122223333:table/ledger';
    const context = [
      'kms:EncryptionContext:aws:dynamodb:subscriberId=111122223333',
      'kms:EncryptionContext:aws:dynamodb:tableName=ledger',
    ];
    expect(needs(world, 'dynamodb', 'Scan', { TableName }, key)).toEqual([
      `dynamodb:Scan on ${table}`,
      ...through('dynamodb', 'kms:key/k', ['Decrypt'], context),
    ]);
  });
});
