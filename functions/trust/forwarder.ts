import {
  CreateConditionalForwarderCommand,
  DescribeConditionalForwardersCommand,
  type DirectoryServiceClient,
  UpdateConditionalForwarderCommand,
} from '@aws-sdk/client-directory-service';
import { throwUnavailable } from '../directory/unavailable.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { NotReady } from '../support/errors.ts';

/** Which names a directory asks whom about. */
export interface Forwarder {
  readonly directoryId: string;
  readonly domainName: string;
  readonly addresses: readonly string[];
}

type Key = Pick<Forwarder, 'directoryId' | 'domainName'>;

const input = ({ directoryId, domainName, addresses }: Forwarder) => ({
  DirectoryId: directoryId,
  RemoteDomainName: domainName,
  DnsIpAddrs: [...addresses],
});

/** The addresses that the directory forwards the domain's names to, or undefined where it forwards none. */
export const forwardedTo = async (
  directoryService: DirectoryServiceClient,
  { directoryId, domainName }: Key,
): Promise<readonly string[] | undefined> => {
  const command = new DescribeConditionalForwardersCommand({
    DirectoryId: directoryId,
    RemoteDomainNames: [domainName],
  });
  try {
    const { ConditionalForwarders } = await directoryService
      .send(command)
      .catch(throwUnavailable(directoryId));
    const [found] = ConditionalForwarders ?? [];
    return found === undefined ? undefined : [...(found.DnsIpAddrs ?? []), ...(found.DnsIpv6Addrs ?? [])];
  } catch (error) {
    // AWS's answer where there is no forwarder of that name.
    if (isAwsError(error, 'EntityDoesNotExistException')) return undefined;
    throw error;
  }
};

export const createForwarder = async (
  directoryService: DirectoryServiceClient,
  forwarder: Forwarder,
): Promise<void> => {
  try {
    await directoryService
      .send(new CreateConditionalForwarderCommand(input(forwarder)))
      .catch(throwUnavailable(forwarder.directoryId));
  } catch (error) {
    if (!isAwsError(error, 'EntityAlreadyExistsException')) throw error;
    throw new NotReady(
      `The directory ${forwarder.directoryId} has a conditional forwarder for ${forwarder.domainName} that was not there a moment ago.`,
      { cause: error },
    );
  }
};

export const updateForwarder = async (
  directoryService: DirectoryServiceClient,
  forwarder: Forwarder,
): Promise<void> => {
  await directoryService
    .send(new UpdateConditionalForwarderCommand(input(forwarder)))
    .catch(throwUnavailable(forwarder.directoryId));
};
