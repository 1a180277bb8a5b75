import { readFile } from 'node:fs/promises';
import { executionName } from '../../cli/execution-name.ts';
import { type NormalisedRequest, parseRequest } from '../../functions/request/schema.ts';
import { isStepError } from '../../functions/support/errors.ts';
import { Evaluator } from '../../simulator/states/data/evaluator.ts';
import { type Json, type JsonObject, parseJson } from '../../simulator/states/data/json.ts';
import type { State, StateOf } from '../../simulator/states/definition/schema.ts';
import { Random } from '../../simulator/world/random.ts';
import type { World } from '../../simulator/world/world.ts';
import { RecordingAccount } from './account.ts';
import type { Mishap } from './mishaps.ts';
import { objectIn } from './object-in.ts';
import type { Around } from './tape.ts';
import { functionAt, gathered, statesOf, wayTo } from './workflow.ts';

/** After this many seconds a thing that is not ready will never be. */
const longestPause = 3000;
const passing = new Set(['NotReady', 'Throttled']);

/** An account in which an execution of the workflow has come as far as a recording needs it. */
export class Stage {
  readonly account: RecordingAccount;
  readonly world: World;
  /** The request as a user writes it, and as every function after validate-request sees it. */
  readonly written: JsonObject;
  readonly request: NormalisedRequest;
  /** The state at which the recorded function is called. */
  readonly here: string;
  readonly executionArn: string;
  /** The execution's variables. */
  variables: JsonObject = {
    failure: null,
    joinFailure: null,
    adminSecretArn: null,
    trustSecretArn: null,
    noticed: [],
    logins: [],
    created: [],
  };
  readonly #states: ReadonlyMap<string, State>;
  readonly #evaluator: Evaluator;
  readonly #startedAt: string;

  private constructor(
    account: RecordingAccount,
    written: JsonObject,
    request: NormalisedRequest,
    here: string,
  ) {
    const { world, executions } = account.account;
    this.account = account;
    this.world = world;
    this.written = written;
    this.request = request;
    this.here = here;
    const [workflow] = executions.machines;
    if (workflow === undefined) throw new RangeError('The account has no workflow.');
    this.#states = statesOf(workflow.machine);
    const name = executionName(request, world.clock.now());
    this.executionArn = executions.executionArn(workflow, name);
    this.#startedAt = new Date(world.clock.now()).toISOString();
    this.#evaluator = new Evaluator(world.clock, new Random(1));
  }

  /** Before an execution of one of the requests in events/requests. */
  static async of(requestName: string, here: string): Promise<Stage> {
    const file = new URL(`../../events/requests/${requestName}.json`, import.meta.url);
    const written = objectIn(parseJson(await readFile(file, 'utf8')));
    const request = parseRequest(written);
    return new Stage(await RecordingAccount.for(request), written, request, here);
  }

  /** Brings the execution to a state, which is not entered. */
  async upTo(state = this.here): Promise<void> {
    for (const name of wayTo(state, this.request)) await this.pass(name);
  }

  /** What the workflow hands to the function at a state. */
  async event(state = this.here): Promise<JsonObject> {
    const { Arguments } = this.#task(state);
    return objectIn(await this.#evaluate(Arguments.Payload ?? {}));
  }

  /** Calls the function at a state once, whatever comes of it. */
  async call(state = this.here, mishap?: Mishap): Promise<void> {
    try {
      await this.#invoke(state, mishap?.(this));
    } catch (error) {
      if (!isStepError(error)) throw error;
    }
  }

  /** Goes through a state, polling as long as it takes. */
  async pass(state = this.here): Promise<void> {
    const { Output: template = '{% $states.result.Payload %}', Assign = {} } = this.#task(state);
    const result = { Payload: await this.#settled(state) };
    const variables: Record<string, Json> = { ...this.variables };
    const name = gathered[state];
    if (name !== undefined) variables[name] = await this.#evaluate(template, { result });
    for (const [each, value] of Object.entries(Assign))
      variables[each] = await this.#evaluate(value, { result });
    this.variables = variables;
  }

  seconds(count: number): Promise<void> {
    return this.world.clock.sleep(count * 1000);
  }

  minutes(count: number): Promise<void> {
    return this.seconds(count * 60);
  }

  async #settled(state: string): Promise<Json> {
    for (let pause = 5; ; pause *= 2)
      try {
        return await this.#invoke(state);
      } catch (error) {
        if (!isStepError(error) || !passing.has(error.name) || pause > longestPause) throw error;
        await this.seconds(pause);
      }
  }

  async #invoke(state: string, around?: Around): Promise<Json> {
    return this.account.invoke(functionAt(this.#task(state)), await this.event(state), around);
  }

  #task(name: string): StateOf<'Task'> {
    const state = this.#states.get(name);
    if (state?.Type === 'Task') return state;
    throw new RangeError(`The workflow calls no function at a state ${name}.`);
  }

  #evaluate(template: Json, results: JsonObject = {}): Promise<Json> {
    const EnteredTime = new Date(this.world.clock.now()).toISOString();
    const execution = { Id: this.executionArn, RedriveCount: 0, StartTime: this.#startedAt };
    const context = { Execution: execution, State: { EnteredTime } };
    const states = { input: this.written, context, ...results };
    return this.#evaluator.evaluate(template, this.here, { ...this.variables, states });
  }
}
