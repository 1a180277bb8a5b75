import type { Entry, Ledger } from '../support/ledger.ts';

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

/** Whether a directory came of the attempt; an entry without an id is one whose answer was lost. */
export const cameOf = ({ entry }: Attempt, directoryId: string | undefined): boolean =>
  entry !== undefined && (entry.id === undefined || entry.id === directoryId);
