import type { Json } from '../data/json.ts';
import { Aborted } from './failure.ts';
import type { Chain } from './history.ts';
import type { Scope } from './scope.ts';
import type { Line } from './visit.ts';

/** The branches or iterations of one state: the first failure aborts the others. */
export class Siblings {
  readonly #line: Line;
  readonly #abort = new AbortController();
  readonly signal: AbortSignal;
  #failure: { readonly error: unknown } | undefined;

  constructor(line: Line) {
    this.#line = line;
    this.signal = AbortSignal.any([line.chain.signal, this.#abort.signal]);
  }

  /** Runs one of them to its end; what comes after the state follows the last one to end. */
  async run(scope: Scope, chain: Chain, failed?: () => void): Promise<void> {
    try {
      await this.#line.run.runLine({ run: this.#line.run, scope, chain });
      this.#line.chain.last = chain.last;
    } catch (error) {
      if (this.signal.aborted) throw error;
      this.#failure = { error };
      this.#line.chain.last = chain.last;
      failed?.();
      this.#abort.abort(new Aborted(chain.last));
      throw error;
    }
  }

  /** Waits until all have come to rest; throws what the first one failed with. */
  async settled(work: readonly Promise<void>[]): Promise<void> {
    await Promise.allSettled(work);
    this.#line.chain.signal.throwIfAborted();
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** The outputs of scopes that have all come to their end. */
export const outputsOf = (scopes: readonly Scope[]): readonly Json[] =>
  scopes.map(({ output }) => output ?? null);
