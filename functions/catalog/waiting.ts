import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';

const url = z.string().min(1);
const whomSchema = z.discriminatedUnion('kind', [
  /** A stack that is being made waits at its WaitCondition. */
  z.object({ kind: z.literal('condition'), url, form: z.string() }),
  /** One that is being updated waits for the answer to its request. */
  z.object({
    kind: z.literal('response'),
    url,
    form: z.string(),
    event: z.object({
      StackId: z.string(),
      RequestId: z.string(),
      LogicalResourceId: z.string(),
      PhysicalResourceId: z.string(),
    }),
  }),
]);
/** Who waits, at which URL (whoever has it can answer, so it is kept here alone), and the form that was asked for. */
export type Whom = Readonly<z.output<typeof whomSchema>>;

const storedSchema = z.object({ S: z.string() }).transform(({ S }) => whomSchema.parse(JSON.parse(S)));

/** Who waits for the end of an execution, in the ledger. */
export class Waiting {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #key: Record<string, AttributeValue>;

  constructor(client: DynamoDBClient, table: string, requestId: string, execution: string) {
    this.#client = client;
    this.#table = table;
    this.#key = { requestId: { S: requestId }, item: { S: `waiting#${execution}` } };
  }

  /** Writes down who waits, once: who was told of the end must not be told again. */
  async begin(whom: Whom, at: Date): Promise<void> {
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: { ...this.#key, whom: { S: JSON.stringify(whom) }, at: { S: at.toISOString() } },
      ConditionExpression: 'attribute_not_exists(requestId)',
    });
    await this.#client.send(put).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }

  /** Who still waits, or undefined. */
  async whom(): Promise<Whom | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true }),
    );
    return item?.['whom'] === undefined ? undefined : storedSchema.parse(item['whom']);
  }

  /** Nobody waits any more; the URL is forgotten. */
  async end(at: Date): Promise<void> {
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: this.#key,
        UpdateExpression: 'SET toldAt = :at REMOVE whom',
        ExpressionAttributeValues: { ':at': { S: at.toISOString() } },
      }),
    );
  }
}
