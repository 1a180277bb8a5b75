import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isWritten } from './conditional-write.ts';
import type { Owner } from './ledger.ts';

/** The lock of a request: the one execution that may act for it. */
export class Claim {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #owner: Owner;

  constructor(client: DynamoDBClient, table: string, owner: Owner) {
    this.#client = client;
    this.#table = table;
    this.#owner = owner;
  }

  /** The execution that holds the claim, or null. */
  async holder(): Promise<string | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: this.#key(), ConsistentRead: true }),
    );
    return item?.['execution']?.S ?? null;
  }

  /** Takes the claim where nobody holds it, or only that ended execution; false where somebody was faster. */
  async take(ended: string | null, at: Date): Promise<boolean> {
    return isWritten(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...this.#key(),
            execution: { S: this.#owner.execution },
            at: { S: at.toISOString() },
          },
          ConditionExpression: 'attribute_not_exists(requestId) OR execution IN (:mine, :ended)',
          ExpressionAttributeValues: {
            ':mine': { S: this.#owner.execution },
            ':ended': { S: ended ?? this.#owner.execution },
          },
        }),
      ),
    );
  }

  /** Gives the claim back, if it is still this execution's. */
  async release(): Promise<void> {
    await isWritten(
      this.#client.send(
        new DeleteItemCommand({
          TableName: this.#table,
          Key: this.#key(),
          ConditionExpression: 'execution = :mine',
          ExpressionAttributeValues: { ':mine': { S: this.#owner.execution } },
        }),
      ),
    );
  }

  #key(): Record<string, AttributeValue> {
    return { requestId: { S: this.#owner.requestId }, item: { S: 'claim' } };
  }
}
