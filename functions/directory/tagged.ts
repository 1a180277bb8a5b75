import {
  type DirectoryDescription,
  type DirectoryServiceClient,
  ListTagsForResourceCommand,
  type ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-directory-service';
import { isAwsError } from '../support/aws-errors.ts';
import { isTagged, type OwnTag, ownTags } from '../support/tags.ts';

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

/** Which of its own tags the request has put on a directory. */
export const ownTagsOf = async (
  client: DirectoryServiceClient,
  directory: DirectoryDescription,
  requestId: string,
): Promise<readonly OwnTag[]> => {
  const tags = (await tagsOf(client, directory))?.Tags;
  return ownTags.filter((own) => isTagged(tags, requestId, own));
};

/** The first of these directories that came of the request, as either tag says. */
export const firstTagged = async (
  client: DirectoryServiceClient,
  directories: readonly DirectoryDescription[],
  requestId: string,
): Promise<DirectoryDescription | undefined> => {
  for (const directory of directories)
    if ((await ownTagsOf(client, directory, requestId)).length > 0) return directory;
  return undefined;
};

/** Those of these directories that have one of these tags of the request. */
export const allTagged = async (
  client: DirectoryServiceClient,
  directories: readonly DirectoryDescription[],
  requestId: string,
  wanted: readonly OwnTag[],
): Promise<readonly DirectoryDescription[]> => {
  const tagged: DirectoryDescription[] = [];
  for (const directory of directories) {
    const own = await ownTagsOf(client, directory, requestId);
    if (own.some((tag) => wanted.includes(tag))) tagged.push(directory);
  }
  return tagged;
};
