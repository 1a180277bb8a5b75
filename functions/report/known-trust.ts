import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { type Identity, storedIdentitySchema } from '../request/identity.ts';
import { isWritten } from '../support/conditional-write.ts';

const resultSchema = z.object({ trust: z.object({ id: z.string() }) });
const storedResultSchema = z
  .object({ S: z.string() })
  .transform(({ S }) => resultSchema.parse(JSON.parse(S)));

/** A trust as the ledger has it. */
export class KnownTrust {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #requestId: string;
  readonly #trustId: string;

  constructor(client: DynamoDBClient, table: string, requestId: string, trustId: string) {
    this.#client = client;
    this.#table = table;
    this.#requestId = requestId;
    this.#trustId = trustId;
  }

  /** What people last heard of it; undefined where the ledger has it no more. */
  async state(): Promise<string | undefined> {
    return (await this.#item(`trust#${this.#trustId}`))?.['state']?.S;
  }

  /** Between whom it was, by the request that it was made for. */
  async sides(): Promise<Identity> {
    const item = await this.#item('request');
    return storedIdentitySchema.parse(item?.['request']);
  }

  /** Whether the request has another trust by now: a repair deletes one half and makes it anew. */
  async isReplaced(): Promise<boolean> {
    const item = await this.#item('result');
    return item !== undefined && storedResultSchema.parse(item['result']).trust.id !== this.#trustId;
  }

  /** Writes down what people have heard now, unless somebody else has written meanwhile. */
  async heard(before: string, state: string, execution: string, at: Date): Promise<void> {
    const update = new UpdateItemCommand({
      TableName: this.#table,
      Key: this.#key(`trust#${this.#trustId}`),
      UpdateExpression: 'SET #state = :state, execution = :execution, #at = :at',
      ConditionExpression: '#state = :before',
      ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
      ExpressionAttributeValues: {
        ':state': { S: state },
        ':before': { S: before },
        ':execution': { S: execution },
        ':at': { S: at.toISOString() },
      },
    });
    await isWritten(this.#client.send(update));
  }

  async #item(item: string): Promise<Record<string, AttributeValue> | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: this.#key(item), ConsistentRead: true }),
    );
    return Item;
  }

  #key(item: string): Record<string, AttributeValue> {
    return { requestId: { S: this.#requestId }, item: { S: item } };
  }
}
