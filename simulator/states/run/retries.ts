import type { Random } from '../../world/random.ts';
import type { Retrier } from '../definition/schema.ts';
import { type Failure, matches } from './failure.ts';

/** Counts the attempts of one visit to a state, each entry of its Retry for itself. */
export class Retries {
  readonly #entries: readonly { readonly retrier: Retrier; attempts: number }[];
  readonly #random: Random;

  constructor(retriers: readonly Retrier[], random: Random) {
    this.#entries = retriers.map((retrier) => ({ retrier, attempts: 0 }));
    this.#random = random;
  }

  /** How long to wait before the state is tried once more, in milliseconds; undefined where it is not. */
  delayAfter(failure: Failure): number | undefined {
    const entry = this.#entries.find(({ retrier }) => matches(retrier.ErrorEquals, failure));
    if (entry === undefined || entry.attempts >= entry.retrier.MaxAttempts) return undefined;
    const { IntervalSeconds: interval, BackoffRate: rate, MaxDelaySeconds: most = Infinity } = entry.retrier;
    const seconds = Math.min(interval * rate ** entry.attempts, most);
    entry.attempts += 1;
    // AWS tells times to the millisecond.
    return Math.round(
      1000 * (entry.retrier.JitterStrategy === 'FULL' ? seconds * this.#random.next() : seconds),
    );
  }
}
