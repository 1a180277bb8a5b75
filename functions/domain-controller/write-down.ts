import type { z } from 'zod';
import type { Entry, Ledger } from '../support/ledger.ts';
import type { makesSchema } from './makes.ts';

type Makes = z.output<typeof makesSchema>;

/** Completes the ledger's entry of what was made, or makes it: before a redrive something else may have stood there. */
export const writeDown = async (ledger: Ledger, { kind, key }: Makes, changed: boolean): Promise<void> => {
  const entry = await ledger.find(kind, key);
  if (entry === undefined && !changed) return;
  if (entry === undefined) await ledger.making(kind, key);
  // What is made on premises has no id.
  if (entry?.id === undefined) await ledger.made(kind, key, key);
};

/** Strikes an entry out again that was only begun. */
export const strikeOut = async (
  ledger: Ledger,
  { kind, key }: Makes,
  isMeant: (entry: Entry) => boolean = () => true,
): Promise<void> => {
  const entry = await ledger.find(kind, key);
  if (entry !== undefined && entry.id === undefined && isMeant(entry)) await ledger.forget(kind, key);
};
