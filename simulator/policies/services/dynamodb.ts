// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
import type * as DynamoDb from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Access } from '../access.ts';
import { withCustomersKey } from '../encryption.ts';
import { arn, on, resource } from '../resources.ts';
import type { Rows, Surroundings } from '../rows.ts';

/** The emulator keeps its tables to itself; the one table of the account is the ledger. */
const partitionKey = 'requestId';

const onTable = (
  at: Surroundings,
  operation: string,
  {
    TableName: given = '*',
    IndexName,
  }: { readonly TableName?: string | undefined; readonly IndexName?: string | undefined },
  partition?: AttributeValue,
): readonly Access[] => {
  const name = given.replace(/^arn:.*:table\//, '');
  const table = `table/${name}${IndexName === undefined ? '' : `/index/${IndexName}`}`;
  const leading: Access['context'] =
    partition?.S === undefined ? {} : { 'dynamodb:LeadingKeys': [partition.S] };
  return [
    on(`dynamodb:${operation}`, resource(arn(at, 'dynamodb', table), leading)),
    // DynamoDB has a grant for the key, but opens the table's key in the name of who calls.
    ...withCustomersKey(at, 'dynamodb', ['Decrypt'], {
      'aws:dynamodb:tableName': name,
      'aws:dynamodb:subscriberId': at.world.accountId,
    }),
  ];
};

/** The value that a query asks of the partition key. */
const queried = ({
  KeyConditionExpression: expression = '',
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: DynamoDb.QueryCommandInput): AttributeValue | undefined => {
  const equations = expression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g);
  const found = [...equations].find(([, name = '']) => (names[name] ?? name) === partitionKey);
  return values[found?.[2] ?? ''];
};

type Keyed = {
  readonly TableName?: string | undefined;
  readonly Key?: Record<string, AttributeValue> | undefined;
};

const onItem = (operation: string) => (input: Keyed, at: Surroundings) =>
  onTable(at, operation, input, input.Key?.[partitionKey]);

export const dynamodb: Rows<typeof DynamoDb> = {
  GetItem: onItem('GetItem'),
  UpdateItem: onItem('UpdateItem'),
  DeleteItem: onItem('DeleteItem'),
  PutItem: (input, at) => onTable(at, 'PutItem', input, input.Item?.[partitionKey]),
  Query: (input, at) => onTable(at, 'Query', input, queried(input)),
  Scan: (input, at) => onTable(at, 'Scan', input),
};
