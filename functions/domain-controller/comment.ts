import { createHash } from 'node:crypto';

/** The longest comment that Systems Manager keeps. */
const longest = 100;
const digits = 16;

/** What a command carries, so that it is found again where the answer to sending it was lost. */
export const commentOf = (execution: string, step: string, redrive: number): string => {
  const comment = `${execution.split(':').at(-1)}/${step}#${redrive}`;
  if (comment.length <= longest) return comment;
  const hash = createHash('sha256').update(comment).digest('hex').slice(0, digits);
  return `${comment.slice(0, longest - digits - 1)}~${hash}`;
};
