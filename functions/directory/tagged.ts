import {
  type DirectoryDescription,
  type DirectoryServiceClient,
  ListTagsForResourceCommand,
  type ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-directory-service';
import { isAwsError } from '../support/aws-errors.ts';
import { isTagged } from '../support/tags.ts';

/** What AWS says of a directory's tags, or null where it is gone: it may be listed for a while after that. */
const tagsOf = async (
  client: DirectoryServiceClient,
  { DirectoryId }: DirectoryDescription,
): Promise<ListTagsForResourceCommandOutput | null> => {
  try {
    return await client.send(new ListTagsForResourceCommand({ ResourceId: DirectoryId }));
  } catch (error) {
    if (isAwsError(error, 'EntityDoesNotExistException')) return null;
    throw error;
  }
};

/** Whether a directory is deleted, or about to be, though it is listed. */
export const isLeaving = async (
  client: DirectoryServiceClient,
  directory: DirectoryDescription,
): Promise<boolean> => directory.Stage === 'Deleting' || (await tagsOf(client, directory)) === null;

const isOf = async (
  client: DirectoryServiceClient,
  directory: DirectoryDescription,
  requestId: string,
): Promise<boolean> =>
  isTagged((await tagsOf(client, directory))?.Tags, requestId, 'forestbridge:created-for');

/** The first of these directories that was created for the request, as its tag says. */
export const firstTagged = async (
  client: DirectoryServiceClient,
  directories: readonly DirectoryDescription[],
  requestId: string,
): Promise<DirectoryDescription | undefined> => {
  for (const directory of directories) if (await isOf(client, directory, requestId)) return directory;
  return undefined;
};

/** Those of these directories that were created for the request, as their tags say. */
export const allTagged = async (
  client: DirectoryServiceClient,
  directories: readonly DirectoryDescription[],
  requestId: string,
): Promise<readonly DirectoryDescription[]> => {
  const tagged: DirectoryDescription[] = [];
  for (const directory of directories) if (await isOf(client, directory, requestId)) tagged.push(directory);
  return tagged;
};

/** Those of these directories that were created for the request, and are not tagged as its own yet. */
export const unconfirmed = async (
  client: DirectoryServiceClient,
  directories: readonly DirectoryDescription[],
  requestId: string,
): Promise<readonly DirectoryDescription[]> => {
  const due: DirectoryDescription[] = [];
  for (const directory of directories) {
    const tags = directory.Stage === 'Deleting' ? [] : (await tagsOf(client, directory))?.Tags;
    if (isTagged(tags, requestId, 'forestbridge:created-for') && !isTagged(tags, requestId))
      due.push(directory);
  }
  return due;
};
