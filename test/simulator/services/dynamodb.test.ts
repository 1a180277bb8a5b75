import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  paginateQuery,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamodb } from '../../../simulator/services/dynamodb.ts';
import { Endpoint, type EndpointOptions } from '../../../simulator/wire/endpoint.ts';
import { configurationFor } from '../../support/configuration.ts';

const key = (item: number) => ({ requestId: { S: 'orders' }, item: { S: `made#${item}` } });

const ledger = async (options: EndpointOptions = {}) => {
  const client = new DynamoDBClient(configurationFor(new Endpoint([dynamodb()], options)));
  await client.send(
    new CreateTableCommand({
      TableName: 'ledger',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'requestId', AttributeType: 'S' },
        { AttributeName: 'item', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'requestId', KeyType: 'HASH' },
        { AttributeName: 'item', KeyType: 'RANGE' },
      ],
    }),
  );
  const putOnce = (item: number) =>
    client.send(
      new PutItemCommand({
        TableName: 'ledger',
        Item: { ...key(item), note: { S: 'é' }, bytes: { B: new Uint8Array([0, 255]) } },
        ConditionExpression: 'attribute_not_exists(requestId)',
      }),
    );
  return { client, putOnce };
};

describe('dynamodb', () => {
  it('keeps what it is given, in a table that exists as soon as it was made', async () => {
    const { client, putOnce } = await ledger();

    await putOnce(1);
    const { Item: item } = await client.send(new GetItemCommand({ TableName: 'ledger', Key: key(1) }));

    expect(item).toEqual({ ...key(1), note: { S: 'é' }, bytes: { B: new Uint8Array([0, 255]) } });
  });

  it('refuses where a condition does not hold', async () => {
    const { putOnce, client } = await ledger();
    await putOnce(1);

    const missing = new UpdateItemCommand({
      TableName: 'ledger',
      Key: key(2),
      UpdateExpression: 'SET id = :id',
      ConditionExpression: 'attribute_exists(requestId)',
      ExpressionAttributeValues: { ':id': { S: 'd-1' } },
    });

    const expected = { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' };
    await expect(putOnce(1)).rejects.toMatchObject(expected);
    await expect(client.send(missing)).rejects.toMatchObject(expected);
  });

  it('pages through what it keeps', async () => {
    const { putOnce, client } = await ledger();
    for (const item of [1, 2, 3, 4, 5]) await putOnce(item);
    const query = {
      TableName: 'ledger',
      KeyConditionExpression: 'requestId = :requestId AND begins_with(#item, :made)',
      ExpressionAttributeNames: { '#item': 'item' },
      ExpressionAttributeValues: { ':requestId': { S: 'orders' }, ':made': { S: 'made#' } },
    };

    const queried = await Array.fromAsync(paginateQuery({ client, pageSize: 2 }, query));
    const scanned = await Array.fromAsync(paginateScan({ client, pageSize: 2 }, { TableName: 'ledger' }));

    expect(queried.map((page) => page.Items?.length)).toEqual([2, 2, 1]);
    expect(queried.flatMap((page) => page.Items ?? []).map((item) => item['item']?.S)).toEqual(
      [1, 2, 3, 4, 5].map((item) => `made#${item}`),
    );
    expect(scanned.flatMap((page) => page.Items ?? [])).toHaveLength(5);
  });

  it('goes through the interceptor like any service', async () => {
    const seen: unknown[] = [];
    const { putOnce } = await ledger({
      async around({ service, operation, input }, answer) {
        const output = await answer();
        seen.push({ service, operation, input, output });
        return output;
      },
    });

    await putOnce(1);

    expect(seen[1]).toMatchObject({
      service: 'dynamodb',
      operation: 'PutItem',
      input: { TableName: 'ledger', Item: key(1) },
      output: {},
    });
  });

  it('shares nothing with another', async () => {
    await ledger();
    const other = new DynamoDBClient(configurationFor(new Endpoint([dynamodb()])));

    expect(await other.send(new ListTablesCommand({}))).toMatchObject({ TableNames: [] });
  });
});
