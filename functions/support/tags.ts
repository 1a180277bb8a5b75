import type { Tags } from '../request/schema.ts';

/** The request's tags, and the one that says whose the thing is, as most of AWS takes them. */
export const tagList = (tags: Tags, requestId: string): { Key: string; Value: string }[] =>
  Object.entries({ ...tags, 'forestbridge:request': requestId }).map(([Key, Value]) => ({ Key, Value }));
