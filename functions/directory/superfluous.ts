import type { DirectoryDescription, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import type { Entry } from '../support/ledger.ts';
import type { OwnTag } from '../support/tags.ts';
import { allTagged } from './tagged.ts';

/** A directory that fails within these milliseconds failed by AWS's own start-up, and is worth one more try. */
const firstMinutes = 15 * 60_000;

/** Two directories of one name that were launched within these milliseconds may come of one asking. */
const sameAsking = 5 * 60_000;

export const failedEarly = ({ Stage, LaunchTime, StageLastUpdatedDateTime }: DirectoryDescription): boolean =>
  Stage === 'Failed' && Number(StageLastUpdatedDateTime) - Number(LaunchTime) < firstMinutes;

/**
 * AWS takes no token when a directory is asked for, so an asking that reaches it twice makes two. One of them is in
 * the ledger; the other one, which has a tag of the request as well, is to go before anybody uses it.
 */
export const twinsOf = (
  client: DirectoryServiceClient,
  present: readonly DirectoryDescription[],
  ours: DirectoryDescription,
  requestId: string,
  wanted: readonly OwnTag[],
): Promise<readonly DirectoryDescription[]> => {
  const near = present.filter(
    ({ DirectoryId, LaunchTime }) =>
      DirectoryId !== ours.DirectoryId &&
      Math.abs(Number(LaunchTime) - Number(ours.LaunchTime)) <= sameAsking,
  );
  return allTagged(client, near, requestId, wanted);
};

/** What removal goes by: the tag that only confirm-directory puts. */
const confirmed = ['forestbridge:request'] as const;

/** What is the request's own and is to go: twins, or what failed early and is to be made once more by the last entry. */
export const superfluous = async (
  client: DirectoryServiceClient,
  present: readonly DirectoryDescription[],
  { id, before }: Pick<Entry, 'id' | 'before'>,
  requestId: string,
): Promise<readonly DirectoryDescription[]> => {
  if (id === undefined) {
    const failed = present.filter((each) => each.DirectoryId === before && failedEarly(each));
    return allTagged(client, failed, requestId, confirmed);
  }
  const ours = present.find(({ DirectoryId }) => DirectoryId === id);
  return ours === undefined ? [] : twinsOf(client, present, ours, requestId, confirmed);
};
