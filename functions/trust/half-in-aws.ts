import {
  DescribeTrustsCommand,
  type DirectoryServiceClient,
  paginateDescribeTrusts,
  type Trust,
} from '@aws-sdk/client-directory-service';
import { isAwsError } from '../support/aws-errors.ts';
import type { Entry } from '../support/ledger.ts';

/** The ledger's name for a directory's half of its trust with a domain. */
export const halfInAwsKey = (directoryId: string, domainName: string): string =>
  `${directoryId}/${domainName}`;

/** What the directory has toward that domain, or undefined. There is one trust at most for a pair of domains. */
export const trustWith = async (
  directoryService: DirectoryServiceClient,
  directoryId: string,
  domainName: string,
): Promise<Trust | undefined> => {
  const pages = paginateDescribeTrusts({ client: directoryService }, { DirectoryId: directoryId });
  for await (const { Trusts = [] } of pages)
    for (const trust of Trusts)
      if (
        trust.RemoteDomainName?.toLowerCase().replace(/\.$/, '') === domainName &&
        trust.TrustState !== 'Deleted'
      )
        return trust;
  return undefined;
};

/** The trust of that id, or undefined where it is gone. */
export const trustOf = async (
  directoryService: DirectoryServiceClient,
  trustId: string,
): Promise<Trust | undefined> => {
  try {
    const { Trusts } = await directoryService.send(new DescribeTrustsCommand({ TrustIds: [trustId] }));
    return Trusts?.[0];
  } catch (error) {
    if (isAwsError(error, 'EntityDoesNotExistException')) return undefined;
    throw error;
  }
};

/** Whether the ledger's entry is about this trust; an entry without an id is one whose answer was lost. */
export const isOurs = (entry: Entry | undefined, trustId: string | undefined): boolean =>
  entry !== undefined && (entry.id === undefined || entry.id === trustId);
