import { DirectoryServiceClient, type Trust } from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { domainName } from '../request/names.ts';
import { trustSchema } from '../request/trust.ts';
import { Conflict, NotReady, TrustFailed } from '../support/errors.ts';
import { type Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { checkTrustClaim } from '../support/trust-claim.ts';
import { createTrust, deleteTrust } from './create-trust.ts';
import { halfInAwsKey, isOurs, trustWith } from './half-in-aws.ts';
import { planSchema } from './plan.ts';
import { explained } from './reasons.ts';
import { readTrustPassword } from './trust-password.ts';

const inputSchema = z.object({
  owner: ownerSchema,
  directory: z.object({ directoryId: z.string() }),
  onPremises: z.object({ domainName }),
  trust: trustSchema,
  plan: planSchema,
  trustSecretArn: z.string().nullable(),
});

interface Tools {
  readonly directoryService: DirectoryServiceClient;
  readonly secretsManager: SecretsManagerClient;
  readonly ledger: Ledger;
}

const nameOf = ({ TrustId, RemoteDomainName }: Trust): string =>
  `The trust ${TrustId} with ${RemoteDomainName}`;

const output = ({ TrustId: trustId = '', TrustState: state = 'Creating' }: Trust) => ({ trustId, state });

const create = async (
  { directoryService, secretsManager, ledger }: Tools,
  {
    directory: { directoryId },
    onPremises: { domainName },
    trust,
    trustSecretArn,
  }: z.output<typeof inputSchema>,
): Promise<never> => {
  if (trustSecretArn === null)
    throw new TrustFailed(
      'The trust is to be made, and no secret with its password was given. Start a new execution.',
    );
  const password = await readTrustPassword(secretsManager, trustSecretArn);
  const key = halfInAwsKey(directoryId, domainName);
  const wanted = { directoryId, domainName, trust, password };
  const isNew = await ledger.makingAnew('half-in-aws', key);
  const trustId = await ledger.attempt(isNew, 'half-in-aws', key, () =>
    createTrust(directoryService, wanted),
  );
  if (trustId !== undefined) await ledger.made('half-in-aws', key, trustId);
  throw new NotReady(`The directory ${directoryId} is making its half of the trust with ${domainName}.`);
};

/** Waits until AWS has made the half that was asked for; one that failed is deleted, so that a redrive makes it anew. */
const settle = async ({ directoryService, ledger }: Tools, key: string, found: Trust) => {
  const { trustId, state } = output(found);
  const entry = await ledger.find('half-in-aws', key);
  if (!isOurs(entry, trustId))
    throw new Conflict(
      `${nameOf(found)} was made by somebody else while Forestbridge made the other half. Delete it, or delete both halves, then start a new execution, which plans anew.`,
    );
  if (entry?.id === undefined) await ledger.made('half-in-aws', key, trustId);
  if (state === 'Creating' || state === 'Updating' || state === 'Deleting')
    throw new NotReady(`${nameOf(found)} is ${state}.`);
  if (state === 'Failed') {
    await deleteTrust(directoryService, trustId);
    throw new TrustFailed(
      `${nameOf(found)} could not be made. ${explained(found.TrustStateReason)} The failed half is being deleted, so that a redrive makes it anew.`,
    );
  }
  return { trustId, state };
};

/** Makes the directory's half of the trust as it was planned, and waits until AWS has made it. */
export const ensureTrust = step({
  name: 'ensure-trust',
  input: inputSchema,
  output: z.object({ trustId: z.string(), state: z.string() }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    secretsManager: new SecretsManagerClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: TrustFailed,
  async run(input, { directoryService, secretsManager, dynamodb, settings, now }) {
    const { owner, directory, onPremises, plan } = input;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const tools = { directoryService, secretsManager, ledger };
    const found = await trustWith(directoryService, directory.directoryId, onPremises.domainName);
    if (plan.inAws === 'keep') {
      if (found !== undefined && found.TrustId === plan.trustId) return output(found);
      throw new TrustFailed(
        `The trust ${plan.trustId} with ${onPremises.domainName} was there a moment ago and is gone. Start a new execution, which plans anew.`,
      );
    }
    const pair = { directoryId: directory.directoryId, domainName: onPremises.domainName };
    await checkTrustClaim(dynamodb, settings.LEDGER_TABLE, owner, pair);
    if (found === undefined) return create(tools, input);
    if (found.TrustId !== plan.trustId)
      return settle(tools, halfInAwsKey(directory.directoryId, onPremises.domainName), found);
    if (found.TrustState !== 'Deleting') await deleteTrust(directoryService, output(found).trustId);
    throw new NotReady(`${nameOf(found)} is being deleted, to be made anew with a new password.`);
  },
});
