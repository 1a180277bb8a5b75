import type { z } from 'zod';
import { fields, oneOf, yesOrNo } from './fields.ts';

/** The trust, seen from AWS: Outgoing means that the directory trusts the company. */
export const trustSchema = fields({
  type: oneOf('Forest', 'External'),
  direction: oneOf('One-Way: Outgoing', 'One-Way: Incoming', 'Two-Way'),
  selectiveAuthentication: yesOrNo,
});
export type Trust = z.output<typeof trustSchema>;
