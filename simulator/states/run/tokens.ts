import type { Clock } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import type { Json } from '../data/json.ts';
import { Failure } from './failure.ts';

interface Waiting {
  lastHeard: number;
  readonly succeed: (output: Json) => void;
  readonly fail: (failure: Failure) => void;
}

/** How a task token was answered: by a task that waits for it, by one that does so no longer, by nobody. */
export type Answered = 'taken' | 'gone' | 'unknown';

/** A task that waits to be called back. */
export interface Callback {
  readonly token: string;
  readonly answer: Promise<Json>;
  readonly lastHeard: () => number;
  forget(): void;
}

/** The task tokens that an account has given out. */
export class TaskTokens {
  readonly #waiting = new Map<string, Waiting>();
  readonly #gone = new Set<string>();
  readonly #clock: Pick<Clock, 'now'>;
  readonly #random: Random;

  constructor(clock: Pick<Clock, 'now'>, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  issue(): Callback {
    const token = this.#random.hex(64);
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    // The answer may come before the task waits for it, or after the task was aborted.
    promise.catch(() => undefined);
    const waiting: Waiting = { lastHeard: this.#clock.now(), succeed: resolve, fail: reject };
    this.#waiting.set(token, waiting);
    return {
      token,
      answer: promise,
      lastHeard: () => waiting.lastHeard,
      forget: () => {
        this.#waiting.delete(token);
        this.#gone.add(token);
      },
    };
  }

  succeed(token: string, output: Json): Answered {
    return this.#answer(token, (waiting) => waiting.succeed(output));
  }

  fail(token: string, error: string, cause: string): Answered {
    return this.#answer(token, (waiting) => waiting.fail(new Failure(error, cause)));
  }

  heartbeat(token: string): Answered {
    return this.#answer(token, (waiting) => {
      waiting.lastHeard = this.#clock.now();
    });
  }

  #answer(token: string, answer: (waiting: Waiting) => void): Answered {
    const waiting = this.#waiting.get(token);
    if (waiting === undefined) return this.#gone.has(token) ? 'gone' : 'unknown';
    answer(waiting);
    return 'taken';
  }
}
