import {
  DirectoryServiceClient,
  paginateDescribeTrusts,
  type TrustDirection,
} from '@aws-sdk/client-directory-service';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { isAtWork } from '../support/at-work.ts';
import { TrustFailed } from '../support/errors.ts';
import { ledgerSettings } from '../support/ledger.ts';
import { step } from '../support/step.ts';

const attribute = z.object({ S: z.string() }).transform(({ S }) => S);
const itemSchema = z
  .object({ requestId: attribute, item: attribute, state: attribute })
  .transform(({ requestId, item, state }) => ({ requestId, trustId: item.replace('trust#', ''), state }));

type KnownTrust = z.output<typeof itemSchema>;

/** Every trust in the ledger, with the state that was written down last. */
const knownTrusts = async (dynamodb: DynamoDBClient, table: string): Promise<readonly KnownTrust[]> => {
  const known: KnownTrust[] = [];
  const pages = paginateScan(
    { client: dynamodb },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(#item, :trust)',
      ProjectionExpression: 'requestId, #item, #state',
      ExpressionAttributeNames: { '#item': 'item', '#state': 'state' },
      ExpressionAttributeValues: { ':trust': { S: 'trust#' } },
    },
  );
  for await (const { Items } of pages) known.push(...z.array(itemSchema).parse(Items));
  return known.toSorted((one, other) => (one.trustId < other.trustId ? -1 : 1));
};

/** Which way each trust of the account goes; one that is deleted goes none. */
const directions = async (
  directoryService: DirectoryServiceClient,
): Promise<ReadonlyMap<string | undefined, TrustDirection | undefined>> => {
  const found = new Map<string | undefined, TrustDirection | undefined>();
  for await (const { Trusts = [] } of paginateDescribeTrusts({ client: directoryService }, {}))
    for (const { TrustId, TrustDirection, TrustState } of Trusts)
      if (TrustState !== 'Deleted') found.set(TrustId, TrustDirection);
  return found;
};

/** Lists the trusts to be checked: those of the ledger, except where an execution of their request is at work. */
export const listTrusts = step({
  name: 'list-trusts',
  input: z.object({}),
  output: z.object({
    trusts: z.array(
      z.object({
        requestId: z.string(),
        trustId: z.string(),
        /** What people last heard of it. */
        state: z.string(),
        /** Null where the trust is gone. */
        direction: z.string().nullable(),
      }),
    ),
  }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    dynamodb: new DynamoDBClient(configuration),
    directoryService: new DirectoryServiceClient(configuration),
    sfn: new SFNClient(configuration),
  }),
  fails: TrustFailed,
  async run(_input, { dynamodb, directoryService, sfn, settings }) {
    const table = settings.LEDGER_TABLE;
    const known = await knownTrusts(dynamodb, table);
    const inAws = await directions(directoryService);
    const trusts = known
      .map(({ requestId, trustId, state }) => ({
        requestId,
        trustId,
        state,
        direction: inAws.get(trustId) ?? null,
      }))
      .filter(({ state, direction }) => state !== 'Deleted' || direction !== null);
    // A trust may serve several requests.
    const leftAlone = new Set<string>();
    for (const [requestId, theirs] of Map.groupBy(trusts, ({ requestId }) => requestId))
      if (await isAtWork({ dynamodb, table, sfn }, requestId))
        for (const { trustId } of theirs) leftAlone.add(trustId);
    return { trusts: trusts.filter(({ trustId }) => !leftAlone.has(trustId)) };
  },
});
