import {
  DirectoryServiceClient,
  type Trust as TrustInAws,
  type TrustState,
} from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { halfSchema } from '../domain-controller/half.ts';
import { domainName } from '../request/names.ts';
import { trustSchema } from '../request/trust.ts';
import { Conflict, NotReady, TrustFailed } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { takeClaim } from '../support/take-claim.ts';
import { trustClaim } from '../support/trust-claim.ts';
import { halfInAwsKey, isOurs, trustWith } from './half-in-aws.ts';
import { type FoundHalf, halfInAws, halfOnPremises, isStanding } from './halves.ts';
import { type Plan, planSchema } from './plan.ts';

const moving = new Set<TrustState>(['Creating', 'Verifying', 'Updating', 'Deleting']);

const beingMade = (domainName: string, directoryName: string, by: string): Conflict =>
  new Conflict(
    `The trust between ${domainName} and ${directoryName} is being made by another execution${by}. Wait until the trust is verified or that execution has ended, then redrive this one.`,
  );

const checkSettled = ({ TrustId, RemoteDomainName, TrustState }: TrustInAws): void => {
  if (TrustState === undefined || moving.has(TrustState))
    throw new NotReady(
      `The trust ${TrustId} with ${RemoteDomainName} is ${TrustState ?? 'without a state'}.`,
    );
};

const checkSame = ({ place, differs }: FoundHalf): void => {
  if (differs !== '')
    throw new Conflict(
      `The trust exists ${place} and is ${differs}. Neither type nor direction can be changed in place: delete that half, or ask for what it is, then start a new execution.`,
    );
};

const checkAuthentication = ({ place, otherAuthentication }: FoundHalf): void => {
  if (otherAuthentication)
    throw new Conflict(
      `The trust stands, and ${place} its selective authentication is not as asked for. It decides who gets in and is not changed silently: change it there, or ask for what it is, then start a new execution.`,
    );
};

const checkOurs = ({ place, ours }: FoundHalf, because: string): void => {
  if (!ours)
    throw new Conflict(
      `The trust exists ${place}, Forestbridge did not make that half, and ${because}. Without its password no other half can be made that fits: delete it there, then redrive the execution.`,
    );
};

/** What to do where not both halves stand: only this request's own ones are touched. */
const planAnew = (
  onPremises: FoundHalf | null,
  inAws: FoundHalf | null,
  found: TrustInAws | undefined,
): Omit<Plan, 'trustId'> => {
  const because =
    onPremises === null || found === undefined
      ? 'the other half is missing'
      : `AWS has it as ${found.TrustState}`;
  for (const half of [onPremises, inAws]) if (half !== null) checkOurs(half, because);
  return {
    onPremises: onPremises === null ? 'create' : 'reset',
    inAws: inAws === null ? 'create' : 'recreate',
    newPassword: true,
  };
};

/** Decides about both halves of the trust together, before either is touched, and that nobody else touches them. */
export const planTrust = step({
  name: 'plan-trust',
  input: z.object({
    owner: ownerSchema,
    directory: z.object({ directoryId: z.string(), name: z.string() }),
    onPremises: z.object({ domainName }),
    trust: trustSchema,
    half: halfSchema.nullable(),
  }),
  output: planSchema,
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
    sfn: new SFNClient(configuration),
  }),
  fails: TrustFailed,
  async run(input, { directoryService, dynamodb, sfn, settings, now }) {
    const { owner, directory, trust, half } = input;
    const { domainName } = input.onPremises;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const found = await trustWith(directoryService, directory.directoryId, domainName);
    if (found !== undefined) checkSettled(found);
    const madeInAws = await ledger.find('half-in-aws', halfInAwsKey(directory.directoryId, domainName));
    const madeOnPremises = await ledger.find('half-on-premises', directory.name);
    const onPremises =
      half === null
        ? null
        : halfOnPremises(
            half,
            trust,
            `in ${domainName}, toward ${directory.name}`,
            madeOnPremises !== undefined,
          );
    const inAws =
      found === undefined
        ? null
        : halfInAws(
            found,
            trust,
            `in the directory ${directory.directoryId}, as ${found.TrustId}`,
            isOurs(madeInAws, found.TrustId),
          );
    const halves = [onPremises, inAws].filter((half) => half !== null);
    halves.forEach(checkSame);
    const trustId = found?.TrustId ?? null;
    if (halves.length === 2 && found !== undefined && isStanding(found)) {
      halves.forEach(checkAuthentication);
      return { onPremises: 'keep', inAws: 'keep', newPassword: false, trustId } as const;
    }
    const pair = { directoryId: directory.directoryId, domainName };
    const claim = trustClaim(dynamodb, settings.LEDGER_TABLE, owner, pair);
    const holder = await takeClaim(claim, sfn, owner.execution, now());
    if (holder !== null) throw beingMade(domainName, directory.name, holder);
    return { ...planAnew(onPremises, inAws, found), trustId };
  },
});
