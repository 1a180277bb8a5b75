import { z } from 'zod';

/** What a command may make on premises, by its name in the ledger. */
export const makesSchema = z.object({
  kind: z.enum(['forwarder-on-premises', 'half-on-premises']),
  key: z.string().min(1),
});
