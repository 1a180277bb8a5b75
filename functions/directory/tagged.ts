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

/** Which tags of the request a directory has, or null where it is gone. */
export const ownTagsOf = async (
  client: DirectoryServiceClient,
  directory: DirectoryDescription,
  requestId: string,
): Promise<readonly OwnTag[] | null> => {
  const found = await tagsOf(client, directory);
  return found === null ? null : ownTags.filter((own) => isTagged(found.Tags, requestId, own));
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
    if (own?.some((tag) => wanted.includes(tag))) tagged.push(directory);
  }
  return tagged;
};
