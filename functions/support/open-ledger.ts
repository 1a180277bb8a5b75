import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Claim } from './claim.ts';
import { Conflict } from './errors.ts';
import { Ledger, type Owner } from './ledger.ts';

/** The ledger of a request, for the execution that holds its claim: a redriven one may have lost it to another. */
export const openLedger = async (
  client: DynamoDBClient,
  table: string,
  owner: Owner,
  now: () => Date,
): Promise<Ledger> => {
  const holder = await new Claim(client, table, owner).holder();
  if (holder === owner.execution) return new Ledger(client, table, owner, now);
  throw new Conflict(
    `The request ${owner.requestId} was carried on by ${holder ?? 'another execution'}, so this execution must not go on. Start a new execution.`,
  );
};
