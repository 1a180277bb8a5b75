import { z } from 'zod';

/** A Windows login that is to be made, in the ledger already. */
export const enteredLoginSchema = z.object({
  /** SHORT\principal */
  name: z.string().min(1),
  serverRoles: z.array(z.string().min(1)),
  /** When the ledger was told of it; what is older was there before. */
  since: z.iso.datetime(),
});
export type EnteredLogin = z.output<typeof enteredLoginSchema>;

/** The ledger's name for a login. */
export const loginKey = (identifier: string, name: string): string => `${identifier}/${name}`;
