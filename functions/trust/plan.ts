import { z } from 'zod';

/** What is to be done about each half of the trust. */
export const planSchema = z.object({
  onPremises: z.enum(['keep', 'create', 'reset']),
  inAws: z.enum(['keep', 'create', 'recreate']),
  /** Whether a half is made or gets a new password, so that both need the same new one. */
  newPassword: z.boolean(),
  /** AWS's half as it was found: the one to keep, or the only one that may be deleted. */
  trustId: z.string().nullable(),
});
export type Plan = z.output<typeof planSchema>;
