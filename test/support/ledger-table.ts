import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Claim } from '../../functions/support/claim.ts';
import { Ledger, type Owner } from '../../functions/support/ledger.ts';

/** The table that a deployment keeps the ledger in. */
export const createLedgerTable = (client: DynamoDBClient): Promise<unknown> =>
  client.send(
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

/** A new ledger, and its request claimed by the owner's execution. */
export const claimedLedger = async (
  client: DynamoDBClient,
  owner: Owner,
  now: () => Date,
): Promise<Ledger> => {
  await createLedgerTable(client);
  await new Claim(client, 'ledger', owner).take(null, now());
  return new Ledger(client, 'ledger', owner, now);
};
