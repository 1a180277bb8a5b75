import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isWritten } from '../support/conditional-write.ts';
import type { Execution } from './execution.ts';

/** How an execution ended, or the request's last one, in the ledger; its version is the execution and how often it was redriven. */
export class Conclusion {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #key: Record<string, AttributeValue>;
  readonly #execution: Execution;

  /** The request's own, or that of an execution which does not speak for the request; `owner` is the partition key. */
  constructor(client: DynamoDBClient, table: string, owner: string, execution: Execution, item: string) {
    this.#client = client;
    this.#table = table;
    this.#key = { requestId: { S: owner }, item: { S: item } };
    this.#execution = execution;
  }

  /** Writes this version, unless it is there or a later one is. */
  async write(text: string): Promise<void> {
    const { arn, redrives, status, error, stoppedAt } = this.#execution;
    const stopped = { S: stoppedAt };
    const version = { execution: { S: arn }, redrives: { N: String(redrives) } };
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: {
        ...this.#key,
        ...version,
        stoppedAt: stopped,
        status: { S: status },
        error: error === null ? { NULL: true } : { S: error },
        text: { S: text },
      },
      ConditionExpression:
        'attribute_not_exists(requestId) OR (execution = :execution AND redrives < :redrives) OR (execution <> :execution AND stoppedAt <= :stopped)',
      ExpressionAttributeValues: {
        ':execution': version.execution,
        ':redrives': version.redrives,
        ':stopped': stopped,
      },
    });
    await isWritten(this.#client.send(put));
  }

  /** Whether people have been told of this version, or of a later one. */
  async isTold(): Promise<boolean> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true }),
    );
    // Where a later version is told, an older one is no news any more.
    return item?.['toldAt'] !== undefined && Number(item['redrives']?.N) >= this.#execution.redrives;
  }

  /** Remembers that people have been told of this version. */
  async told(at: Date): Promise<void> {
    const { arn, redrives } = this.#execution;
    const update = new UpdateItemCommand({
      TableName: this.#table,
      Key: this.#key,
      UpdateExpression: 'SET toldAt = :at',
      ConditionExpression: 'execution = :execution AND redrives = :redrives',
      ExpressionAttributeValues: {
        ':at': { S: at.toISOString() },
        ':execution': { S: arn },
        ':redrives': { N: String(redrives) },
      },
    });
    await isWritten(this.#client.send(update));
  }
}
