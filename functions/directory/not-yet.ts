import type { DirectoryDescription } from '@aws-sdk/client-directory-service';
import { isAwsError } from '../support/aws-errors.ts';
import { NotReady } from '../support/errors.ts';
import { isUnderWay } from './managed-directory.ts';

/**
 * For a call that is nothing to do where the directory is gone. AWS may refuse it while it still makes the directory,
 * and while policies do not see its last tag.
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
