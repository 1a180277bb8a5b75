import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';

/** Nothing else is read, so that a result which another version wrote down stays legible. */
const resultSchema = z.object({
  database: z.object({ endpoint: z.string(), port: z.int(), kerberosName: z.string() }).optional(),
});
type Result = z.output<typeof resultSchema>;
const storedSchema = z.object({ S: z.string() }).transform(({ S }) => resultSchema.parse(JSON.parse(S)));

/** What a request's last success has handed back, or undefined where it never succeeded. */
export const findResult = async (
  { dynamodb, table }: { readonly dynamodb: DynamoDBClient; readonly table: string },
  requestId: string,
): Promise<Result | undefined> => {
  const Key = { requestId: { S: requestId }, item: { S: 'result' } };
  const { Item: item } = await dynamodb.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  return item === undefined ? undefined : storedSchema.parse(item['result']);
};
