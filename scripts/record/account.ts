import { createHash } from 'node:crypto';
import { lambdaContext } from '../../cli/lambda-context.ts';
import { deploy } from '../../cli/local-account.ts';
import { type FunctionName, functions } from '../../functions/functions.ts';
import type { NormalisedRequest } from '../../functions/request/schema.ts';
import type { Runtime } from '../../functions/support/runtime.ts';
import { Account, type Surface } from '../../simulator/account.ts';
import type { AroundStatement } from '../../simulator/sql-server/sql-server.ts';
import { type Json, toJson } from '../../simulator/states/data/json.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { World } from '../../simulator/world/world.ts';
import { invocation } from './invocation.ts';
import type { Recording } from './recording.ts';
import { tokensOf } from './services.ts';
import { type Around, Tape } from './tape.ts';
import { isFunctionName } from './workflow.ts';

type Handler = (event: Json) => Promise<unknown>;

const start = Date.UTC(2026, 0, 5, 8);
const nothing = (): void => {};
const plain: Around = (_call, answer) => answer();

/** Whether a call is recorded, and what its calls to AWS go through. */
interface Mode {
  readonly tape: Tape | null;
  readonly around: Around;
}

/** The hashes of documents change with their scripts; recordings do not. */
const withSteadyHashes = ({ world }: Account, settings: Readonly<Record<string, string>>) => {
  let documents = settings['DOCUMENTS'] ?? '';
  for (const [name, document] of world.commands.documents) {
    const hash = createHash('sha256').update(name).digest('hex');
    documents = documents.replaceAll(document.hash, hash);
    world.commands.documents.set(name, { ...document, hash });
  }
  return { ...settings, DOCUMENTS: documents };
};

/** Nobody has called a function: what runs is called by an execution. */
const outside: Mode = { tape: null, around: plain };

/** A simulated account with Forestbridge in it, whose functions are called one by one and recorded. */
export class RecordingAccount {
  readonly account: Account;
  /** What EventBridge told of executions, as conclude gets it. */
  readonly statusChanges: Json[] = [];
  /** The HTTP statuses that are answered to who tells somebody the outcome, null for none; after them it is 200. */
  readonly answers: (number | null)[] = [];
  /** Every statement to a database goes through it. */
  aroundStatement: AroundStatement = (_sql, answer) => answer();
  #settings: Readonly<Record<string, string>> = {};
  readonly #handlers = new Map<FunctionName, Handler>();
  #mode = outside;
  #recording: Recording | null = null;
  #tokens = 0;

  private constructor(seed: number) {
    const world = new World(new VirtualClock(start), seed);
    this.account = new Account(
      world,
      (name, event, surface) => this.#run(name, event, surface),
      (call, answer) => {
        this.#countTokens(call);
        return this.#mode.around(call, answer);
      },
    );
    this.account.sqlServers.around = (sql, answer) => {
      const work = () => this.aroundStatement(sql, answer);
      const { tape } = this.#mode;
      return tape === null ? work() : tape.aroundStatement(sql, work);
    };
  }

  /** An account in whose world the request can succeed. */
  static async for(request: NormalisedRequest, seed = 1): Promise<RecordingAccount> {
    const made = new RecordingAccount(seed);
    made.#settings = withSteadyHashes(made.account, await deploy(made.account, [request]));
    return made;
  }

  /** Calls a function, unrecorded; its calls to AWS go through `around`. */
  async invoke(name: FunctionName, event: Json, around = plain): Promise<Json> {
    return toJson(await this.#with({ tape: null, around }, () => this.account.invoke(name, event))) ?? null;
  }

  /** Calls a function and records it. */
  async record(name: FunctionName, event: Json, during: Around): Promise<Recording> {
    const tape = new Tape();
    const around: Around = (call, answer) => tape.around(call, () => during(call, answer));
    await this.#with({ tape, around }, () => this.account.invoke(name, event));
    if (this.#recording === null) throw new Error(`${name} was not recorded.`);
    return this.#recording;
  }

  /** What happens during a call may call another function, which is none of the recording's. */
  async #with<Result>(mode: Mode, work: () => Promise<Result>): Promise<Result> {
    const before = this.#mode;
    this.#mode = mode;
    try {
      return await work();
    } finally {
      this.#mode = before;
    }
  }

  async #run(name: string, event: unknown, surface: Surface): Promise<unknown> {
    if (!isFunctionName(name)) throw new RangeError(`There is no function ${name}.`);
    const given = toJson(event) ?? null;
    const { tape } = this.#mode;
    if (tape !== null) {
      this.#recording = await invocation(name, given, this.#runtime(surface), tape);
      return null;
    }
    if (name === 'conclude' && this.#mode === outside) {
      this.statusChanges.push(given);
      return null;
    }
    const handler = this.#handlers.get(name) ?? (await this.#bound(name, surface));
    this.#handlers.set(name, handler);
    return handler(given);
  }

  async #bound(name: FunctionName, surface: Surface): Promise<Handler> {
    const step = await functions[name]();
    const handler = step.bind(this.#runtime(surface));
    return (event) => handler(event, lambdaContext(name));
  }

  #runtime({ requestHandler, region, now, connect, certificateFile }: Surface): Runtime {
    return {
      clientConfiguration: {
        region,
        requestHandler,
        maxAttempts: 1,
        credentials: { accessKeyId: 'AKIARECORDED00000000', secretAccessKey: 'simulated' },
      },
      environment: { ...this.#settings, DATABASE_CA_FILE: certificateFile },
      now,
      connect,
      put: async () => {
        const status = this.answers.shift();
        if (status === null) throw new Error('There is no answer.');
        return status ?? 200;
      },
      log: { debug: nothing, info: nothing, error: nothing },
    };
  }

  /** AWS names versions by the tokens that the SDK draws: here they are counted. */
  #countTokens(call: Parameters<Around>[0]): void {
    const { input } = call;
    if (typeof input !== 'object' || input === null) return;
    for (const name of tokensOf(call).filter((each) => Object.hasOwn(input, each))) {
      this.#tokens += 1;
      Reflect.set(input, name, `00000000-0000-4000-8000-${String(this.#tokens).padStart(12, '0')}`);
    }
  }
}
