import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Owner } from '../support/ledger.ts';

interface Record {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly owner: Owner;
  readonly now: () => Date;
}

/** Writes an item of the request's ledger, unless the ledger says the same already: repeating changes nothing. */
export const record = async (
  { dynamodb, table, owner, now }: Record,
  item: string,
  name: 'result' | 'state',
  value: string,
): Promise<void> => {
  const key = { requestId: { S: owner.requestId }, item: { S: item } };
  const { Item: known } = await dynamodb.send(
    new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
  );
  if (known?.[name]?.S === value) return;
  await dynamodb.send(
    new PutItemCommand({
      TableName: table,
      Item: {
        ...key,
        execution: { S: owner.execution },
        at: { S: now().toISOString() },
        [name]: { S: value },
      },
    }),
  );
};
