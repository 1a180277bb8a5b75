import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { isWritten } from '../support/conditional-write.ts';

const url = z.string().min(1);
const whomSchema = z.discriminatedUnion('kind', [
  /** A stack that is being made waits at its WaitCondition. */
  z.object({ kind: z.literal('condition'), url }),
  /** One that is being updated waits for the answer to its request. */
  z.object({
    kind: z.literal('response'),
    url,
    event: z.object({
      StackId: z.string(),
      RequestId: z.string(),
      LogicalResourceId: z.string(),
      PhysicalResourceId: z.string(),
    }),
  }),
]);
/** Who waits, at which URL; whoever has that can answer, so it is kept here alone. */
export type Whom = Readonly<z.output<typeof whomSchema>>;

const attribute = z.object({ S: z.string() }).transform(({ S }) => S);
const itemSchema = z.object({
  /** The form that was asked for, as JSON, and when. */
  form: attribute,
  at: attribute,
  /** Nobody, once somebody was told. */
  whom: attribute.transform((json) => whomSchema.parse(JSON.parse(json))).exactOptional(),
});
type Asking = Readonly<z.output<typeof itemSchema>>;

/** What an execution was started for, and who waits for its end, in the ledger. */
export class Waiting {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #key: Record<string, AttributeValue>;

  constructor(client: DynamoDBClient, table: string, requestId: string, execution: string) {
    this.#client = client;
    this.#table = table;
    this.#key = { requestId: { S: requestId }, item: { S: `waiting#${execution}` } };
  }

  /** Writes down who waits and for which form, once: who was told of the end must not be told again. */
  async begin(whom: Whom, form: string, at: Date): Promise<void> {
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: {
        ...this.#key,
        whom: { S: JSON.stringify(whom) },
        form: { S: form },
        at: { S: at.toISOString() },
      },
      ConditionExpression: 'attribute_not_exists(requestId)',
    });
    await isWritten(this.#client.send(put));
  }

  /** What was asked for, and who still waits; undefined where no stack asked. */
  async find(): Promise<Asking | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true }),
    );
    return item === undefined ? undefined : itemSchema.parse(item);
  }

  /** Nobody waits any more. The URL is forgotten; the form is not, for the execution may yet carry it out. */
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
