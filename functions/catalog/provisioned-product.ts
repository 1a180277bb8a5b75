import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { isWritten } from '../support/conditional-write.ts';

const attribute = z.object({ S: z.string() }).transform(({ S }) => S);
const itemSchema = z.object({
  /** The stack that the request belongs to; no other one may change it. */
  stack: attribute,
  /** The form that was last carried out, as JSON, the execution that did, and when it was asked for. */
  accepted: attribute.exactOptional(),
  execution: attribute.exactOptional(),
  askedAt: attribute.exactOptional(),
  terminatedAt: attribute.exactOptional(),
});
type Bound = Readonly<z.output<typeof itemSchema>>;

/** Whose a request from the catalog is, in the ledger. */
export class ProvisionedProduct {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #key: Record<string, AttributeValue>;

  constructor(client: DynamoDBClient, table: string, requestId: string) {
    this.#client = client;
    this.#table = table;
    this.#key = { requestId: { S: requestId }, item: { S: 'catalog' } };
  }

  async find(): Promise<Bound | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true }),
    );
    return item === undefined ? undefined : itemSchema.parse(item);
  }

  /** Binds the request to a stack; false where it is another one's, or was terminated. */
  async bind(stack: string, at: Date): Promise<boolean> {
    const update = new UpdateItemCommand({
      TableName: this.#table,
      Key: this.#key,
      UpdateExpression: 'SET stack = :stack, boundAt = if_not_exists(boundAt, :at)',
      ConditionExpression:
        'attribute_not_exists(stack) OR (stack = :stack AND attribute_not_exists(terminatedAt))',
      ExpressionAttributeValues: { ':stack': { S: stack }, ':at': { S: at.toISOString() } },
    });
    return isWritten(this.#client.send(update));
  }

  /** Lets no execution be started for that stack any more, and tells whose the request was until now. */
  async terminate(stack: string, at: Date): Promise<'its own' | "another stack's" | "nobody's"> {
    const update = new UpdateItemCommand({
      TableName: this.#table,
      Key: this.#key,
      UpdateExpression: 'SET stack = :stack, terminatedAt = if_not_exists(terminatedAt, :at)',
      ConditionExpression: 'attribute_not_exists(stack) OR stack = :stack',
      ExpressionAttributeValues: { ':stack': { S: stack }, ':at': { S: at.toISOString() } },
      ReturnValues: 'ALL_NEW',
    });
    try {
      const { Attributes: item } = await this.#client.send(update);
      return item?.['boundAt'] === undefined ? "nobody's" : 'its own';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return "another stack's";
      throw error;
    }
  }

  /** Remembers the form that an execution has carried out, unless that of one asked for later is there. */
  async accept(form: string, execution: { readonly name: string; readonly askedAt: string }): Promise<void> {
    const update = new UpdateItemCommand({
      TableName: this.#table,
      Key: this.#key,
      UpdateExpression: 'SET accepted = :form, execution = :execution, askedAt = :asked',
      ConditionExpression: 'attribute_not_exists(askedAt) OR askedAt <= :asked',
      ExpressionAttributeValues: {
        ':form': { S: form },
        ':execution': { S: execution.name },
        ':asked': { S: execution.askedAt },
      },
    });
    await isWritten(this.#client.send(update));
  }
}
