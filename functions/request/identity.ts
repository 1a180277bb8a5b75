import { z } from 'zod';

/**
 * What tells one request from another: its directory, by id where it is adopted, else by name, and its company.
 * Nothing else is read, so that a request which an earlier version wrote down stays legible.
 */
export const identitySchema = z
  .object({
    directory: z.union([
      z.object({ directoryId: z.string() }),
      z.object({ directoryId: z.null(), name: z.string() }),
    ]),
    onPremises: z.object({ domainName: z.string() }),
  })
  .transform(({ directory, onPremises: { domainName } }) => ({
    directory: directory.directoryId === null ? directory.name : directory.directoryId,
    domainName,
  }));
export type Identity = z.output<typeof identitySchema>;

/** The identity of a request as the ledger keeps it. */
export const storedIdentitySchema = z
  .object({ S: z.string() })
  .transform(({ S }) => identitySchema.parse(JSON.parse(S)));
