import type { Clock } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import { type Evaluator, QueryFailed } from '../data/evaluator.ts';
import { type Json, type JsonObject, typeOf } from '../data/json.ts';
import type { RegisteredMachine } from '../records.ts';
import { Failure } from './failure.ts';
import type { Chain } from './history.ts';
import { withinDataLimit } from './limits.ts';
import type { Scope } from './scope.ts';
import type { TaskTokens } from './tokens.ts';

/** The state machine that a task is done for, and as whom. */
export type Caller = Pick<RegisteredMachine, 'arn' | 'roleArn'>;

/** What an interpreter stands on: a world's time and chance, and the functions its tasks call. */
export interface Host {
  readonly clock: Clock;
  readonly random: Random;
  /** Calls a function for a state machine; rejects with the function's own error: its name is the error's type, its message the words. */
  invoke(functionName: string, payload: unknown, machine: Caller): Promise<unknown>;
}

/** What all states of one run of an execution share. */
export interface Run {
  readonly host: Host;
  readonly region: string;
  readonly machine: Caller;
  readonly tokens: TaskTokens;
  readonly evaluator: Evaluator;
  /** What `$states.context` says of the execution and of its state machine. */
  readonly context: { readonly Execution: JsonObject; readonly StateMachine: JsonObject };
  countTransition(): void;
  /** Runs a scope to its end, from where it stands. */
  runLine(line: Line): Promise<Json>;
}

/** One line of states on its way. */
export interface Line {
  readonly run: Run;
  readonly scope: Scope;
  readonly chain: Chain;
}

/** How a state was left: its output, what it assigns, and where to go; nowhere ends the line. */
export interface Outcome {
  readonly output: Json;
  readonly assigned: JsonObject | undefined;
  readonly next: string | undefined;
}

interface Results {
  readonly Output?: Json | undefined;
  readonly Assign?: JsonObject | undefined;
}

type Readable = Readonly<Partial<Record<'result' | 'errorOutput', Json>>>;

/** One visit to a state, from entering it to leaving it, with all its attempts. */
export class Visit {
  readonly line: Line;
  readonly name: string;
  readonly input: Json;
  readonly #enteredAt: string;
  readonly #enteredEvent: number;
  retryCount = 0;

  constructor(line: Line, name: string, enteredEvent: number) {
    this.line = line;
    this.name = name;
    this.input = line.scope.input;
    this.#enteredAt = new Date(line.run.host.clock.now()).toISOString();
    this.#enteredEvent = enteredEvent;
  }

  /** The value of a field; its failure is written to the history. */
  async evaluate(
    template: Json,
    field: string,
    readable: Readable = {},
    context: JsonObject = {},
  ): Promise<Json> {
    const { scope, run } = this.line;
    const states = { input: this.input, ...readable, context: { ...this.#context(), ...context } };
    try {
      return await run.evaluator.evaluate(template, field, { ...scope.variables, states });
    } catch (error) {
      throw error instanceof QueryFailed ? this.queryFailed(error.field, error.message) : error;
    }
  }

  /** The value of a field that must be a number. */
  async number(template: number | string, field: string): Promise<number> {
    const value = typeof template === 'number' ? template : await this.evaluate(template, field);
    if (typeof value !== 'number') throw this.unexpected(template, field, 'number', value);
    if (!Number.isInteger(value) || value < 0)
      throw this.queryFailed(
        field,
        `The ${field} field must be a whole number of at least 0 but was: ${value}`,
      );
    return value;
  }

  unexpected(template: string | number, field: string, expected: string, value: Json): Failure {
    const expression = String(template).replace(/^\{%\s*|\s*%\}$/g, '');
    const but = `but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`;
    return this.queryFailed(
      field,
      `The JSONata expression '${expression}' specified for the field '${field}' returned an unexpected result type. Expected '${expected}', ${but}`,
    );
  }

  queryFailed(field: string, message: string): Failure {
    const error = 'States.QueryEvaluationError';
    const cause = `${this.where} ${message}`;
    this.line.chain.add('EvaluationFailed', {
      evaluationFailedEventDetails: { error, cause, location: field, state: this.name },
    });
    return new Failure(error, cause);
  }

  /** How AWS begins the cause of an error that a state itself has made. */
  get where(): string {
    return `An error occurred while executing the state '${this.name}' (entered at the event id #${this.#enteredEvent}).`;
  }

  /** Evaluates Output and Assign, both from the values of before. */
  async leave(
    results: Results,
    { path, otherwise, next }: { path: string; otherwise: Json; next: string | undefined },
    readable: Readable = {},
  ): Promise<Outcome> {
    const output =
      results.Output === undefined
        ? otherwise
        : await this.evaluate(results.Output, `${path}Output`, readable);
    const assigned: Record<string, Json> = {};
    for (const [name, template] of Object.entries(results.Assign ?? {}))
      assigned[name] = await this.evaluate(template, `${path}Assign/${name}`, readable);
    if (results.Assign !== undefined) this.line.scope.checkRoomFor(assigned);
    return {
      output: withinDataLimit(output, this.name),
      assigned: results.Assign === undefined ? undefined : assigned,
      next,
    };
  }

  #context(): JsonObject {
    const { run, scope } = this.line;
    return {
      ...run.context,
      State: { Name: this.name, EnteredTime: this.#enteredAt, RetryCount: this.retryCount },
      ...(scope.item === undefined ? {} : { Map: { Item: scope.item } }),
    };
  }
}
