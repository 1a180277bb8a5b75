import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { directorySchema } from '../request/directory.ts';

const stored = <Value extends z.ZodType>(value: Value) =>
  z.object({ S: z.string() }).transform(({ S }) => value.parse(JSON.parse(S)));

const requestSchema = stored(
  z.object({ directory: directorySchema, onPremises: z.object({ domainName: z.string() }) }),
);
const resultSchema = stored(z.object({ trust: z.object({ id: z.string() }) }));

/** Between whom a trust is. */
export interface Sides {
  readonly directory: string;
  readonly domainName: string;
}

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
  async sides(): Promise<Sides> {
    const item = await this.#item('request');
    const { directory, onPremises } = requestSchema.parse(item?.['request']);
    return {
      directory: directory.directoryId === null ? directory.name : directory.directoryId,
      domainName: onPremises.domainName,
    };
  }

  /** Whether the request has another trust by now: a repair deletes one half and makes it anew. */
  async isReplaced(): Promise<boolean> {
    const item = await this.#item('result');
    return item !== undefined && resultSchema.parse(item['result']).trust.id !== this.#trustId;
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
    await this.#client.send(update).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
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
