import { createHash } from 'node:crypto';
import type { Owner } from '../support/ledger.ts';

/** The longest comment that Systems Manager keeps. */
const longest = 100;
const digits = 16;

/** What a command carries, so that people see what it is for, and it is found again where the answer to sending it was lost. */
export const commentOf = ({ requestId, execution }: Owner, step: string, redrive: number): string => {
  const name = String(execution.split(':').at(-1));
  // Who starts an execution may call it anything.
  const request = `${name}-`.startsWith(`${requestId}-`) ? '' : `${requestId}/`;
  const comment = `${request}${name}/${step}#${redrive}`;
  if (comment.length <= longest) return comment;
  const hash = createHash('sha256').update(comment).digest('hex').slice(0, digits);
  return `${comment.slice(0, longest - digits - 1)}~${hash}`;
};
