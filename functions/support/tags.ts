import type { Tags } from '../request/tags.ts';
import type { Entry } from './ledger.ts';

/** What makes a thing the request's, and what a directory is created with, which confirm-directory goes by. */
export const ownTags = ['forestbridge:request', 'forestbridge:created-for'] as const;
export type OwnTag = (typeof ownTags)[number];

/** The request's tags, and one of its own, as most of AWS takes them. */
export const tagList = (
  tags: Tags,
  requestId: string,
  own: OwnTag = 'forestbridge:request',
): { Key: string; Value: string }[] =>
  Object.entries({ ...tags, [own]: requestId }).map(([Key, Value]) => ({ Key, Value }));

type TagsInAws =
  | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
  | undefined;

/** Whether AWS's tags of a thing say that it is the request's. */
export const isTagged = (tags: TagsInAws, requestId: string, own: OwnTag = 'forestbridge:request'): boolean =>
  tags?.some(({ Key, Value }) => Key === own && Value === requestId) ?? false;

/** Whether the ledger's entry is about that thing. One without an id may be of a thing that never came to be: the tags decide. */
export const isOurs = (
  entry: Entry | undefined,
  id: string | undefined,
  tags: TagsInAws,
  requestId: string,
): boolean => entry !== undefined && (entry.id === undefined ? isTagged(tags, requestId) : entry.id === id);
