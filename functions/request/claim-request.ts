import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { Claim } from '../support/claim.ts';
import { Conflict } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { takeClaim } from '../support/take-claim.ts';
import { normalisedRequestSchema } from './schema.ts';

const taken = (requestId: string, by: string): Conflict =>
  new Conflict(
    `The request ${requestId} is being carried out by another execution${by}. ` +
      'Wait until that one has ended, or stop it, and start this one again.',
  );

/** Lets one execution at a time act for a request, and writes the request down. */
export const claimRequest = step({
  name: 'claim-request',
  input: z.object({ owner: ownerSchema, request: normalisedRequestSchema }),
  output: z.object({ requestId: z.string() }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    dynamodb: new DynamoDBClient(configuration),
    sfn: new SFNClient(configuration),
  }),
  fails: Conflict,
  async run({ owner, request }, { dynamodb, sfn, settings, now }) {
    const { requestId, execution } = owner;
    const claim = new Claim(dynamodb, settings.LEDGER_TABLE, owner);
    const holder = await takeClaim(claim, sfn, execution, now());
    if (holder !== null) throw taken(requestId, holder);
    await dynamodb.send(
      new PutItemCommand({
        TableName: settings.LEDGER_TABLE,
        Item: {
          requestId: { S: requestId },
          item: { S: 'request' },
          execution: { S: execution },
          request: { S: JSON.stringify(request) },
        },
      }),
    );
    return { requestId };
  },
});
