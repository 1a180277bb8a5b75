import {
  CreateTrustCommand,
  DeleteTrustCommand,
  type DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { throwUnavailable } from '../directory/unavailable.ts';
import type { Trust } from '../request/trust.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { NotReady } from '../support/errors.ts';

/** The directory's half that is wanted. */
interface Wanted {
  readonly directoryId: string;
  readonly domainName: string;
  readonly trust: Trust;
  readonly password: string;
}

/** Asks for the directory's half and returns its id. The forwarder is a step of its own, so none is given. */
export const createTrust = async (
  directoryService: DirectoryServiceClient,
  { directoryId, domainName, trust, password }: Wanted,
): Promise<string | undefined> => {
  // Who is only trusted does not authenticate anybody selectively.
  const selective = trust.direction !== 'One-Way: Incoming' && trust.selectiveAuthentication;
  const command = new CreateTrustCommand({
    DirectoryId: directoryId,
    RemoteDomainName: domainName,
    TrustPassword: password,
    TrustDirection: trust.direction,
    TrustType: trust.type,
    SelectiveAuth: selective ? 'Enabled' : 'Disabled',
  });
  try {
    const { TrustId } = await directoryService.send(command).catch(throwUnavailable(directoryId));
    return TrustId;
  } catch (error) {
    if (!isAwsError(error, 'EntityAlreadyExistsException')) throw error;
    throw new NotReady(
      `The directory ${directoryId} has a trust with ${domainName} that was not there a moment ago.`,
      { cause: error },
    );
  }
};

/** Asks for a trust to be deleted; the forwarder stays. */
export const deleteTrust = async (
  directoryService: DirectoryServiceClient,
  trustId: string,
): Promise<void> => {
  const command = new DeleteTrustCommand({ TrustId: trustId, DeleteAssociatedConditionalForwarder: false });
  await directoryService.send(command).catch((error: unknown) => {
    // Somebody else was faster.
    if (!isAwsError(error, 'EntityDoesNotExistException')) throw error;
  });
};
