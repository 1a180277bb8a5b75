import { ServiceError } from '../../wire/service-error.ts';
import type { Directories, Directory } from '../../world/directories.ts';
import { required } from '../required.ts';

const pageSize = 100;

/** One page; a limit of 0 means as many as the service gives at once. */
export const page = <Item>(items: readonly Item[], token = '0', limit = 0) => {
  const start = Number(token);
  if (!/^\d+$/.test(token) || start > items.length)
    throw new ServiceError('InvalidNextTokenException', 'The NextToken value is not valid.');
  const end = start + (limit === 0 ? pageSize : limit);
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
};

export const invalid = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message);

export const directoryIn = (directories: Directories, directoryId: string | undefined): Directory => {
  const directory = directories.find(required(directoryId, 'DirectoryId'));
  if (directory === undefined)
    throw new ServiceError('EntityDoesNotExistException', `Directory ${directoryId} does not exist`);
  return directory;
};

/** The directory, for a call that AWS refuses while it is not Active. */
export const activeDirectoryIn = (directories: Directories, directoryId: string | undefined): Directory => {
  const directory = directoryIn(directories, directoryId);
  if (directory.stage !== 'Active')
    throw new ServiceError('DirectoryUnavailableException', `Directory ${directoryId} is not available.`);
  return directory;
};
