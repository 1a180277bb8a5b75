import type { DBInstance } from '@aws-sdk/client-rds';
import type { Entry, Ledger } from '../support/ledger.ts';
import { isOurs } from '../support/tags.ts';

/** The ledger's entry of this very instance, where the request made it: a later one of the same identifier has another id. */
export const ownEntry = async (
  ledger: Ledger,
  requestId: string,
  identifier: string,
  { DbiResourceId: id = identifier, TagList }: DBInstance,
): Promise<Entry | undefined> => {
  const entry = await ledger.find('instance', identifier);
  return isOurs(entry, id, TagList, requestId) ? entry : undefined;
};
