import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { Claim } from '../support/claim.ts';
import { Conflict, PreflightFailed } from '../support/errors.ts';
import { Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { takeClaim } from '../support/take-claim.ts';
import { type NormalisedRequest, normalisedRequestSchema } from './schema.ts';

const taken = (requestId: string, by: string): Conflict =>
  new Conflict(
    `The request ${requestId} is being carried out by another execution${by}. ` +
      'Wait until that one has ended, or stop it, and start this one again.',
  );

const storedSchema = z
  .object({ S: z.string() })
  .transform(({ S }) => normalisedRequestSchema.parse(JSON.parse(S)));

/** What a request id stands for as long as anything of it exists. */
const identity = ({ directory, onPremises, database }: NormalisedRequest) => ({
  directory: directory.directoryId ?? directory.name,
  company: onPremises.domainName,
  database: database?.identifier,
});

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
  const before = identity(storedSchema.parse(item['request']));
  const now = identity(request);
  const differs = (['directory', 'company', 'database'] as const).filter(
    (name) => before[name] !== undefined && now[name] !== undefined && before[name] !== now[name],
  );
  if (differs.length === 0 || (await ledger.all()).length === 0) return;
  throw new Conflict(
    `The request ${requestId} was another one, of which something exists: ${differs.map((name) => `its ${name} was ${before[name]}, not ${now[name]}`).join('; ')}. Choose another requestId.`,
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
    const ledger = new Ledger(dynamodb, settings.LEDGER_TABLE, owner, now);
    await checkSame(dynamodb, settings.LEDGER_TABLE, ledger, request);
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
