import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { operatorConfiguration } from '../../../cli/local-account.ts';
import { names } from '../../../infra/names.ts';
import type { Deployment } from '../provisioning.ts';
import type { Request } from './requests.ts';

/** The ledger, for somebody who mends it by hand. */
export const ledgerIn = (account: Deployment['account']) => {
  const client = new DynamoDBClient(operatorConfiguration(account));
  const table = { TableName: names.ledger };
  return {
    items: async () =>
      (await client.send(new ScanCommand(table))).Items?.map(({ item }) => item?.S ?? '') ?? [],
    forget: (request: Request, item: string) =>
      client.send(
        new DeleteItemCommand({
          ...table,
          Key: { requestId: { S: String(request['requestId']) }, item: { S: item } },
        }),
      ),
  };
};
