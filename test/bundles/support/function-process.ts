import { type ChildProcess, fork } from 'node:child_process';
import { z } from 'zod';

/** What a function's process is sent, as a text. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  /** Milliseconds since 1970, at which its clock stands meanwhile. */
  readonly now: number;
}

const answerSchema = z.object({
  id: z.int(),
  result: z.unknown().optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
});

/** What it sends back. */
export type Answer = z.input<typeof answerSchema>;

interface Options {
  /** The file of what runs in the process. */
  readonly host: string;
  /** The bundle's URL. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The port of the relay into the simulated network. */
  readonly network: number;
}

/** One function, as the only one of a process. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #count = 0;
  #complaint = '';

  constructor({ host, bundle, environment, network }: Options) {
    this.#child = fork(host, [bundle, String(network)], {
      env: { ...environment },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (text) => (this.#complaint += String(text)));
    this.#child.on('message', (answer) => this.#take(answerSchema.parse(answer)));
    this.#child.on('close', () => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`${bundle} ended: ${this.#complaint}`));
    });
  }

  /** Resolves with what the function returns; rejects with its error. */
  invoke(event: unknown, now: number): Promise<unknown> {
    const id = this.#count;
    this.#count += 1;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#child.send(JSON.stringify({ id, event, now } satisfies Invocation));
    return waiting.promise;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#child.once('close', () => resolve());
    this.#child.kill();
    await promise;
  }

  #take({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(Object.assign(new Error(error.message), { name: error.name }));
  }
}
