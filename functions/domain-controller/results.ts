import { z } from 'zod';
import { findingSchema } from '../support/finding.ts';
import { halfSchema } from './half.ts';

/** What check-domain-controller gathers; where the directory does not exist yet, what is about it is empty. */
const factsSchema = z.object({
  domainName: z.string(),
  shortName: z.string(),
  forestRootDomain: z.string(),
  isDomainController: z.boolean(),
  forestMode: z.string(),
  site: z.string(),
  /** Whether the machine can read a secret. */
  secretsTool: z.boolean(),
  nullSessionPipes: z.array(z.string()),
  usersWithoutPreauthentication: z.int(),
  half: halfSchema.nullable(),
  /** Where a conditional forwarder for the directory's name points, or null where there is none. */
  forwarder: z.array(z.string()).nullable(),
  /** Which of the directory's DNS servers answer for the directory's name. */
  names: z.record(z.string(), z.boolean()),
  /** Which ports of the directory's domain controllers are open from here. */
  ports: z.record(z.string(), z.record(z.string(), z.boolean())),
  clockSkewSeconds: z.number().nullable(),
});
export type Facts = z.output<typeof factsSchema>;

/** What each document's script says where it is done. */
export const resultSchemas = {
  'check-domain-controller': factsSchema,
  'forward-dns': z.object({ forwarder: z.array(z.string()), changed: z.boolean() }),
  'create-trust': z.object({ half: halfSchema, changed: z.boolean() }),
  'confirm-trust': z.object({ half: halfSchema, verified: z.boolean().nullable() }),
};

/** A document by its short name; a deployment's own names are in its settings. */
export const documentSchema = z.enum([
  'check-domain-controller',
  'forward-dns',
  'create-trust',
  'confirm-trust',
]);

/** Where a script is not done, it says why in a sentence for people. */
export const refusalSchema = z.object({
  status: z.enum(['conflict', 'failed']),
  reason: z.string(),
  message: z.string(),
});

/** What await-command returns. */
export const outputSchema = z.union([
  factsSchema.extend({ findings: z.array(findingSchema) }),
  resultSchemas['forward-dns'],
  resultSchemas['create-trust'],
  resultSchemas['confirm-trust'],
]);
