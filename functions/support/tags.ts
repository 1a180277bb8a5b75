import type { Tags } from '../request/schema.ts';

/** The request's tags, and the one that says whose the thing is, as most of AWS takes them. */
export const tagList = (tags: Tags, requestId: string): { Key: string; Value: string }[] =>
  Object.entries({ ...tags, 'forestbridge:request': requestId }).map(([Key, Value]) => ({ Key, Value }));

/** Whether AWS's tags of a thing say that it is the request's. */
export const isTagged = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
  requestId: string,
): boolean => tags?.some(({ Key, Value }) => Key === 'forestbridge:request' && Value === requestId) ?? false;
