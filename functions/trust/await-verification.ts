import { DirectoryServiceClient, type TrustState } from '@aws-sdk/client-directory-service';
import { z } from 'zod';
import { NotReady, TrustFailed } from '../support/errors.ts';
import { step } from '../support/step.ts';
import { trustOf } from './half-in-aws.ts';
import { explained } from './reasons.ts';

/** After this long a state counts even if AWS shows it with the time of an earlier verdict. */
const grace = 5 * 60_000;

const verdicts = new Set<TrustState>(['Verified', 'VerifyFailed', 'UpdateFailed', 'Failed']);

/** Waits for AWS's verdict on the trust; only one that is later than the asking counts. */
export const awaitVerification = step({
  name: 'await-verification',
  input: z.object({ trustId: z.string(), askedAt: z.iso.datetime() }),
  output: z.object({ trustId: z.string(), state: z.literal('Verified'), verifiedAt: z.iso.datetime() }),
  settings: z.object({}),
  clients: (configuration) => ({ directoryService: new DirectoryServiceClient(configuration) }),
  fails: TrustFailed,
  async run({ trustId, askedAt }, { directoryService, now }) {
    const trust = await trustOf(directoryService, trustId);
    if (trust === undefined)
      throw new TrustFailed(
        `The trust ${trustId} was deleted while AWS verified it. Start a new execution, which plans both halves anew.`,
      );
    const { RemoteDomainName: domainName, TrustState: state, TrustStateReason: reason } = trust;
    const asked = Date.parse(askedAt);
    const isOld = (trust.StateLastUpdatedDateTime?.getTime() ?? 0) < asked && now().getTime() - asked < grace;
    if (state === undefined || !verdicts.has(state) || isOld)
      throw new NotReady(
        `The trust ${trustId} with ${domainName} is ${state ?? 'without a state'}${isOld ? ' since before it was to be verified' : ''}.`,
      );
    if (state !== 'Verified')
      throw new TrustFailed(
        `The trust ${trustId} with ${domainName} could not be verified: AWS has it as ${state}. ${explained(reason)}`,
      );
    const verifiedAt = (trust.StateLastUpdatedDateTime ?? now()).toISOString();
    return { trustId, state: 'Verified' as const, verifiedAt };
  },
});
