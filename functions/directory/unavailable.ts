import { isAwsError } from '../support/aws-errors.ts';
import { NotReady } from '../support/errors.ts';

/** For a call that AWS refuses while the directory is busy. */
export const throwUnavailable =
  (directoryId: string) =>
  (error: unknown): never => {
    if (!isAwsError(error, 'DirectoryUnavailableException')) throw error;
    throw new NotReady(`The directory ${directoryId} is busy at the moment: ${error.message}`, {
      cause: error,
    });
  };
