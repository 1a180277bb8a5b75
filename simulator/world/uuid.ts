import type { Random } from './random.ts';

/** An id in the form of a UUID, drawn from the world's seed. */
export const uuid = (random: Random): string =>
  [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join('-');
