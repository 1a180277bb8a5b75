import { z } from 'zod';
import { trustSchema } from '../request/trust.ts';
import { findingSchema } from '../support/finding.ts';

const databaseResultSchema = z.object({
  identifier: z.string(),
  endpoint: z.string(),
  port: z.int(),
  /** The name that the directory knows the database server by; tickets are issued for no other. */
  kerberosName: z.string(),
  connectionStrings: z.object({ kerberos: z.string(), ntlm: z.string() }),
  /** A query that tells whether a connection uses Kerberos or NTLM. */
  authSchemeQuery: z.string(),
  membership: z.string(),
  rebootOwed: z.boolean(),
  logins: z.array(z.string()),
});
export type DatabaseResult = z.output<typeof databaseResultSchema>;

/** What an execution hands back in the end; there is no `database` where none was asked for. */
export const resultSchema = z.object({
  requestId: z.string(),
  directory: z.object({ id: z.string(), name: z.string() }),
  trust: z.object({
    id: z.string(),
    state: z.string(),
    direction: trustSchema.shape.direction,
    type: trustSchema.shape.type,
  }),
  database: databaseResultSchema.optional(),
  findings: z.array(findingSchema),
});
export type Result = z.output<typeof resultSchema>;
