import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** What every part of a world is made in: its time, its chance and its account. */
export interface Setting {
  readonly clock: Clock;
  readonly random: Random;
  readonly accountId: string;
  readonly region: string;
}

/** Seconds from a range of facts, drawn once, in milliseconds. */
export const drawn = ({ random }: Pick<Setting, 'random'>, least: number, most: number): number =>
  Math.round(random.between(least, most)) * 1000;
