import type { Random } from './random.ts';

export const lowerCase = 'abcdefghijklmnopqrstuvwxyz';
export const upperCase = lowerCase.toUpperCase();
export const digits = '0123456789';
export const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

export const drawnText = (random: Random, characters: string, length: number): string =>
  Array.from({ length }, () => characters.charAt(Math.floor(random.next() * characters.length))).join('');

/** A password of these kinds of characters, one of each at least where that is asked for. */
export const password = (
  random: Random,
  kinds: readonly string[],
  length: number,
  requireEach: boolean,
): string => {
  const drawn = drawnText(random, kinds.join(''), length).split('');
  if (!requireEach) return drawn.join('');
  const start = Math.floor(random.next() * length);
  for (const [index, kind] of kinds.entries()) drawn[(start + index) % length] = drawnText(random, kind, 1);
  return drawn.join('');
};
