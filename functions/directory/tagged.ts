import {
  DeleteDirectoryCommand,
  type DirectoryDescription,
  type DirectoryServiceClient,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-directory-service';
import { isAwsError } from '../support/aws-errors.ts';
import { isTagged } from '../support/tags.ts';

/** Two directories of one name that were launched within these milliseconds may come of one asking. */
const sameAsking = 5 * 60_000;

/** Whether a directory carries the tag of the request; one that is gone carries none. */
const isOf = async (
  client: DirectoryServiceClient,
  { DirectoryId }: DirectoryDescription,
  requestId: string,
): Promise<boolean> => {
  try {
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceId: DirectoryId }));
    return isTagged(Tags, requestId);
  } catch (error) {
    if (isAwsError(error, 'EntityDoesNotExistException')) return false;
    throw error;
  }
};

/** The first of these directories that carries the request's tag. */
export const firstTagged = async (
  client: DirectoryServiceClient,
  directories: readonly DirectoryDescription[],
  requestId: string,
): Promise<DirectoryDescription | undefined> => {
  for (const directory of directories) if (await isOf(client, directory, requestId)) return directory;
  return undefined;
};

/** Deletes a directory; an earlier call, whose answer was lost, may have done it. */
export const deleteDirectory = async (
  client: DirectoryServiceClient,
  directoryId: string | undefined,
): Promise<void> => {
  const deletion = new DeleteDirectoryCommand({ DirectoryId: directoryId });
  await client.send(deletion).catch((error: unknown) => {
    if (!isAwsError(error, 'EntityDoesNotExistException')) throw error;
  });
};

/**
 * AWS takes no token when a directory is asked for, so an asking that reaches it twice makes two. One of them is in
 * the ledger; the other one, which carries the request's tag as well, is deleted before anybody uses it.
 */
export const deleteTwins = async (
  client: DirectoryServiceClient,
  present: readonly DirectoryDescription[],
  ours: DirectoryDescription,
  requestId: string,
): Promise<void> => {
  for (const other of present) {
    const apart = Math.abs(Number(other.LaunchTime) - Number(ours.LaunchTime));
    if (other.DirectoryId === ours.DirectoryId || apart > sameAsking) continue;
    if (await isOf(client, other, requestId)) await deleteDirectory(client, other.DirectoryId);
  }
};
