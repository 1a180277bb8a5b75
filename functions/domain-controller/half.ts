import { z } from 'zod';

/** The company's half of a trust, as its domain controller knows it. */
export const halfSchema = z.object({
  direction: z.enum(['Inbound', 'Outbound', 'Bidirectional']),
  type: z.enum(['Forest', 'External']),
  selectiveAuthentication: z.boolean(),
});
export type Half = z.output<typeof halfSchema>;
