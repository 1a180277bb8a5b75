import {
  DescribeDirectoriesCommand,
  type DirectoryDescription,
  type DirectoryServiceClient,
  EntityDoesNotExistException,
  paginateDescribeDirectories,
} from '@aws-sdk/client-directory-service';

/** The directory of that id, or null. */
export const directoryOf = async (
  client: DirectoryServiceClient,
  directoryId: string,
): Promise<DirectoryDescription | null> => {
  try {
    const answer = await client.send(new DescribeDirectoriesCommand({ DirectoryIds: [directoryId] }));
    return answer.DirectoryDescriptions?.[0] ?? null;
  } catch (error) {
    if (error instanceof EntityDoesNotExistException) return null;
    throw error;
  }
};

/** All directories of that name: a deleted one is listed for a while, and a name may be used again. */
export const directoriesNamed = async (
  client: DirectoryServiceClient,
  name: string,
): Promise<readonly DirectoryDescription[]> => {
  const found: DirectoryDescription[] = [];
  for await (const page of paginateDescribeDirectories({ client }, {}))
    found.push(
      ...(page.DirectoryDescriptions ?? []).filter(
        ({ Name, Stage }) => Name?.toLowerCase() === name && Stage !== 'Deleted',
      ),
    );
  return found;
};
