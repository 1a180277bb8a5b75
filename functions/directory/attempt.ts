import type { DirectoryDescription, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import type { Entry, Ledger } from '../support/ledger.ts';
import { ownTagsOf } from './tagged.ts';

/** How often this request asked AWS for its directory, as the ledger tells it: once, or once more. */
export interface Attempt {
  /** The ledger's name for it. */
  readonly key: string;
  readonly isSecond: boolean;
  /** Undefined where nothing was asked for. */
  readonly entry: Entry | undefined;
}

export const secondKey = (name: string): string => `${name}/second`;

/** The last attempt. `before` in the entry of a second one is the id of the directory that failed. */
export const lastAttempt = async (ledger: Ledger, name: string): Promise<Attempt> => {
  const second = await ledger.find('directory', secondKey(name));
  if (second !== undefined) return { key: secondKey(name), isSecond: true, entry: second };
  return { key: name, isSecond: false, entry: await ledger.find('directory', name) };
};

/** By so many milliseconds AWS's clock and ours may differ. */
const tolerance = 10 * 60_000;

/** Whether a directory was there before the request asked for it. */
export const isOlder = ({ LaunchTime }: DirectoryDescription, { at }: Entry): boolean =>
  Number(LaunchTime) < Date.parse(at) - tolerance;

/** The directory that came of the attempt: where its id was lost with the answer, its tags tell, and its age unless it is confirmed. */
export const cameOf = async (
  { entry }: Attempt,
  client: DirectoryServiceClient,
  present: readonly DirectoryDescription[],
  requestId: string,
): Promise<DirectoryDescription | undefined> => {
  if (entry === undefined) return undefined;
  if (entry.id !== undefined) return present.find(({ DirectoryId }) => DirectoryId === entry.id);
  for (const each of present) {
    const own = (await ownTagsOf(client, each, requestId)) ?? [];
    const isPossible = each.DirectoryId === entry.before || !isOlder(each, entry);
    if (own.includes('forestbridge:request') || (own.length > 0 && isPossible)) return each;
  }
  return undefined;
};
