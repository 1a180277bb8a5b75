import type { DirectoryDescription } from '@aws-sdk/client-directory-service';
import { isAwsError } from '../support/aws-errors.ts';
import { NotReady } from '../support/errors.ts';
import { isUnderWay } from './managed-directory.ts';

/**
 * Takes what AWS answers of a directory that is to be changed: it lets pass that the directory is gone, and says NotReady
 * while AWS still makes it, or while policies may not see its last tag.
 */
export const throwNotYet = (error: unknown, directory: DirectoryDescription, done: string): void => {
  const { DirectoryId } = directory;
  const notYet = (advice: string): NotReady =>
    new NotReady(`The directory ${DirectoryId} cannot be ${done} yet. AWS: ${advice}`, { cause: error });
  if (isAwsError(error, 'AccessDeniedException'))
    throw notYet(`${error.message} If this goes on, allow it in this function's role.`);
  if (isAwsError(error, 'ClientException') && isUnderWay(directory)) throw notYet(error.message);
  if (!isAwsError(error, 'EntityDoesNotExistException')) throw error;
};
