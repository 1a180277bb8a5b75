import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { isRefused, isRefusedForGood } from './aws-errors.ts';
import { isWritten } from './conditional-write.ts';

/** The environment of every step that keeps the ledger. */
export const ledgerSettings = z.object({ LEDGER_TABLE: z.string().min(1) });

/** The request and the execution a ledger entry is written for. */
export const ownerSchema = z.object({ requestId: z.string().min(1), execution: z.string().min(1) });
export type Owner = z.output<typeof ownerSchema>;

/** What Forestbridge made and can undo. */
export type MadeKind =
  | 'directory'
  | 'directory-rule'
  | 'ip-route'
  | 'forwarder-in-aws'
  | 'forwarder-on-premises'
  | 'half-in-aws'
  | 'half-on-premises'
  | 'secret'
  | 'subnet-group'
  | 'security-group'
  | 'security-group-rule'
  | 'instance'
  | 'membership'
  | 'login';

const attribute = z.object({ S: z.string() }).transform(({ S }) => S);
const entrySchema = z.object({
  item: attribute,
  execution: attribute,
  at: attribute,
  /** What AWS calls the thing, known only after it was made. */
  id: attribute.exactOptional(),
  /** What stood there before, or what else is needed to undo it. */
  before: attribute.exactOptional(),
  /** The comment of the command that was to make it, where a command does. */
  command: attribute.exactOptional(),
});

/** One entry of the ledger. */
export type Entry = Readonly<z.output<typeof entrySchema>>;

const madeItem = (kind: MadeKind, key: string): string => `made#${kind}#${key}`;

/** The items under one partition key: what this request made, so that only that is ever undone. */
export class Ledger {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #owner: Owner;
  readonly #now: () => Date;

  constructor(client: DynamoDBClient, table: string, owner: Owner, now: () => Date) {
    this.#client = client;
    this.#table = table;
    this.#owner = owner;
    this.#now = now;
  }

  /** Writes down that a thing is about to be made; false where an entry is there already, which stays as it is. */
  async making(
    kind: MadeKind,
    key: string,
    known: { readonly before?: string; readonly command?: string } = {},
  ): Promise<boolean> {
    return isWritten(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...this.#key(madeItem(kind, key)),
            execution: { S: this.#owner.execution },
            at: { S: this.#now().toISOString() },
            ...Object.fromEntries(Object.entries(known).map(([name, S]) => [name, { S }])),
          },
          ConditionExpression: 'attribute_not_exists(requestId)',
        }),
      ),
    );
  }

  /** Writes down that a missing thing is about to be made; an id in the ledger is that of an earlier one, which is gone. */
  async makingAnew(kind: MadeKind, key: string): Promise<boolean> {
    if (await this.making(kind, key)) return true;
    const entry = await this.find(kind, key);
    if (entry !== undefined && entry.id === undefined) return false;
    await this.forget(kind, key);
    return this.making(kind, key);
  }

  /**
   * Makes a thing that was written down and was not there a moment ago. Where AWS refuses, an entry without an id is
   * struck out again; an old one only where AWS refuses for good: an earlier call may have made what is not shown yet.
   */
  async attempt<Made>(isNew: boolean, kind: MadeKind, key: string, make: () => Promise<Made>): Promise<Made> {
    try {
      return await make();
    } catch (error) {
      const isNothing = isNew ? isRefused(error) : isRefusedForGood(error);
      if (isNothing && (await this.find(kind, key))?.id === undefined) await this.forget(kind, key);
      throw error;
    }
  }

  /** Fills in what AWS calls the thing. */
  async made(kind: MadeKind, key: string, id: string): Promise<void> {
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: this.#key(madeItem(kind, key)),
        UpdateExpression: 'SET id = :id',
        ConditionExpression: 'attribute_exists(requestId)',
        ExpressionAttributeValues: { ':id': { S: id } },
      }),
    );
  }

  /** The entry of a thing that this request made, or undefined where it did not. */
  async find(kind: MadeKind, key: string): Promise<Entry | undefined> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: this.#key(madeItem(kind, key)),
        ConsistentRead: true,
      }),
    );
    return item === undefined ? undefined : entrySchema.parse(item);
  }

  /** Everything that this request made, in the order of its names. */
  async all(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        ConsistentRead: true,
        KeyConditionExpression: 'requestId = :requestId AND begins_with(#item, :made)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: { ':requestId': { S: this.#owner.requestId }, ':made': { S: 'made#' } },
      },
    );
    for await (const page of pages) entries.push(...z.array(entrySchema).parse(page.Items));
    return entries;
  }

  /** Strikes out an entry: the thing is gone. */
  async forget(kind: MadeKind, key: string): Promise<void> {
    await this.#client.send(
      new DeleteItemCommand({ TableName: this.#table, Key: this.#key(madeItem(kind, key)) }),
    );
  }

  #key(item: string): Record<string, AttributeValue> {
    return { requestId: { S: this.#owner.requestId }, item: { S: item } };
  }
}
