import { z } from 'zod';
import { text } from './fields.ts';

const tagAdvice =
  'write tags as keys of 1 to 128 and values of at most 256 letters, digits, spaces and _ . : / = + - @, at most 40, no key under "aws:" or "forestbridge:"';
const tagKey = text(
  /^(?![Aa][Ww][Ss]:)(?![Ff][Oo][Rr][Ee][Ss][Tt][Bb][Rr][Ii][Dd][Gg][Ee]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
  tagAdvice,
);
const tagValue = text(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, tagAdvice);
/** The tags that everything of a request carries. */
export const tagsSchema = z
  .record(tagKey, tagValue, { error: tagAdvice })
  .refine((tags) => Object.keys(tags).length <= 40, { error: tagAdvice });
export type Tags = z.output<typeof tagsSchema>;

const tagged = z.object({
  tags: z.custom((tags) => typeof tags === 'object' && tags !== null && Object.hasOwn(tags, '__proto__')),
});

/** A record skips `__proto__`, lest it become the prototype; the request must not lose it silently. */
export const hiddenTags = (json: unknown): z.core.$ZodIssue[] =>
  tagged.safeParse(json).success ? [{ code: 'custom', path: ['tags', '__proto__'], message: tagAdvice }] : [];
