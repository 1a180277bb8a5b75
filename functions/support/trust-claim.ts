import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Claim } from './claim.ts';
import { Conflict } from './errors.ts';
import type { Owner } from './ledger.ts';

/** The pair of a directory and a company's domain, between which one execution at a time makes a trust. */
export interface Pair {
  readonly directoryId: string;
  readonly domainName: string;
}

/** The lock of a pair, for an execution: two requests may want the same trust. */
export const trustClaim = (
  client: DynamoDBClient,
  table: string,
  { execution }: Owner,
  { directoryId, domainName }: Pair,
): Claim => new Claim(client, table, { requestId: `trust#${directoryId}/${domainName}`, execution });

/** Throws Conflict where another execution has taken the pair over: a redriven one goes past the taking. */
export const checkTrustClaim = async (
  client: DynamoDBClient,
  table: string,
  owner: Owner,
  pair: Pair,
): Promise<void> => {
  const holder = await trustClaim(client, table, owner, pair).holder();
  if (holder === owner.execution) return;
  throw new Conflict(
    `The trust between ${pair.domainName} and ${pair.directoryId} was carried on by ${holder ?? 'another execution'}, so this execution must not touch it. Start a new execution, which finds what is there.`,
  );
};
