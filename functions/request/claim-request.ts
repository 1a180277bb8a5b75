import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { checkProduct } from '../catalog/check-product.ts';
import { Claim } from '../support/claim.ts';
import { Conflict, PreflightFailed } from '../support/errors.ts';
import { type Entry, Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { takeClaim } from '../support/take-claim.ts';
import { type Identity, identitySchema, storedIdentitySchema } from './identity.ts';
import { type NormalisedRequest, normalisedRequestSchema } from './schema.ts';

const taken = (requestId: string, by: string): Conflict =>
  new Conflict(
    `The request ${requestId} is being carried out by another execution${by}. ` +
      'Wait until that one has ended, or stop it, and start this one again.',
  );

const databaseItem = /^made#(?:instance|membership)#(?<identifier>[^/]+)$/;

/** What a request id stood for: its last request's directory and company, and the databases in the ledger. */
const differences = (before: Identity, request: NormalisedRequest, entries: readonly Entry[]) => {
  const now = identitySchema.parse(request);
  const databases = [
    ...new Set(entries.flatMap(({ item }) => databaseItem.exec(item)?.groups?.['identifier'] ?? [])),
  ];
  const wanted = request.database?.identifier;
  return [
    { what: 'directory', was: before.directory, is: now.directory },
    { what: 'company', was: before.domainName, is: now.domainName },
    ...(wanted === undefined || databases.includes(wanted) ? [] : databases).map((was) => ({
      what: 'database',
      was,
      is: wanted,
    })),
  ].flatMap(({ what, was, is }) => (was === is ? [] : `its ${what} was ${was}, not ${is}`));
};

/** Throws where the request id is another request's, of which something was made: that must not get lost or be taken for this one's. */
const checkSame = async (
  dynamodb: DynamoDBClient,
  TableName: string,
  ledger: Ledger,
  request: NormalisedRequest,
): Promise<void> => {
  const { requestId } = request;
  const Key = { requestId: { S: requestId }, item: { S: 'request' } };
  const { Item: item } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  if (item === undefined) return;
  const entries = await ledger.all();
  const different = differences(storedIdentitySchema.parse(item['request']), request, entries);
  if (different.length === 0 || entries.length === 0) return;
  throw new Conflict(
    `The request ${requestId} was another one, of which something exists: ${different.join('; ')}. Choose another requestId.`,
  );
};

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
  fails: PreflightFailed,
  async run({ owner, request }, { dynamodb, sfn, settings, now }) {
    const { requestId, execution } = owner;
    await checkProduct({ dynamodb, table: settings.LEDGER_TABLE, now }, owner);
    const ledger = new Ledger(dynamodb, settings.LEDGER_TABLE, owner, now);
    await checkSame(dynamodb, settings.LEDGER_TABLE, ledger, request);
    const claim = new Claim(dynamodb, settings.LEDGER_TABLE, owner);
    const holder = await takeClaim(claim, sfn, execution, now());
    if (holder !== null) throw taken(requestId, holder);
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: settings.LEDGER_TABLE,
        Key: { requestId: { S: requestId }, item: { S: 'request' } },
        UpdateExpression: 'SET execution = :execution, #request = :request',
        ExpressionAttributeNames: { '#request': 'request' },
        ExpressionAttributeValues: {
          ':execution': { S: execution },
          ':request': { S: JSON.stringify(request) },
        },
      }),
    );
    return { requestId };
  },
});
