import { z } from 'zod';
import { membershipSchema } from './membership.ts';

/** A database instance that answers, as the steps after it see it. */
export const instanceSchema = z.object({
  identifier: z.string(),
  arn: z.string(),
  endpoint: z.string(),
  port: z.int(),
  engine: z.string(),
  masterUserSecretArn: z.string().nullable(),
  membership: membershipSchema.nullable(),
});
export type Instance = z.output<typeof instanceSchema>;
