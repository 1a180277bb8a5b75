import {
  type DirectoryDescription,
  type DirectoryServiceClient,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-directory-service';
import { isAwsError } from '../support/aws-errors.ts';
import { isTagged } from '../support/tags.ts';

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

/** Those of these directories that carry the request's tag. */
export const allTagged = async (
  client: DirectoryServiceClient,
  directories: readonly DirectoryDescription[],
  requestId: string,
): Promise<readonly DirectoryDescription[]> => {
  const tagged: DirectoryDescription[] = [];
  for (const directory of directories) if (await isOf(client, directory, requestId)) tagged.push(directory);
  return tagged;
};
