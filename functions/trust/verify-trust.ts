import { DirectoryServiceClient, VerifyTrustCommand } from '@aws-sdk/client-directory-service';
import { z } from 'zod';
import { NotReady, TrustFailed } from '../support/errors.ts';
import { failureSchema, rethrow } from '../support/failure.ts';
import { step } from '../support/step.ts';
import { trustOf } from './half-in-aws.ts';
import { explained } from './reasons.ts';

/** Asks AWS to verify the trust, in its outgoing direction; await-verification waits for the verdict. */
export const verifyTrust = step({
  name: 'verify-trust',
  input: z.object({
    trustId: z.string(),
    failure: failureSchema,
    /** Whether a trust that is Verified is verified once more. */
    again: z.boolean().default(false),
  }),
  output: z.object({ askedAt: z.iso.datetime() }),
  settings: z.object({}),
  clients: (configuration) => ({ directoryService: new DirectoryServiceClient(configuration) }),
  fails: TrustFailed,
  async run({ trustId, failure, again }, { directoryService, now }) {
    rethrow(failure);
    const trust = await trustOf(directoryService, trustId);
    if (trust === undefined)
      throw new TrustFailed(
        `The trust ${trustId} is gone. Start a new execution, which plans both halves anew.`,
      );
    const {
      RemoteDomainName: domainName,
      TrustDirection,
      TrustState: state,
      TrustStateReason: reason,
    } = trust;
    if (TrustDirection === 'One-Way: Incoming')
      throw new TrustFailed(
        `The trust ${trustId} with ${domainName} is incoming, and AWS verifies only the outgoing direction. Confirm it on the company's domain controller.`,
      );
    if (state === 'Failed')
      throw new TrustFailed(
        `The trust ${trustId} with ${domainName} is Failed, and AWS does not verify it any more. ${explained(reason)} A new execution makes both halves anew.`,
      );
    if (state === 'Creating' || state === 'Updating' || state === 'Deleting')
      throw new NotReady(`The trust ${trustId} with ${domainName} is ${state}.`);
    if (state === 'Verified' && !again)
      return { askedAt: (trust.StateLastUpdatedDateTime ?? now()).toISOString() };
    const askedAt = now().toISOString();
    if (state !== 'Verifying') await directoryService.send(new VerifyTrustCommand({ TrustId: trustId }));
    return { askedAt };
  },
});
