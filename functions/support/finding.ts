import { z } from 'zod';

/** What a check found: an error stops the provisioning before the first change, a warning goes into the result. */
export const findingSchema = z.object({
  level: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
});
export type Finding = z.output<typeof findingSchema>;
