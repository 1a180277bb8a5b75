import { Evaluator } from './data/evaluator.ts';
import type { Json } from './data/json.ts';
import type { Identity, RegisteredMachine, Standing } from './records.ts';
import { Aborted, Failure } from './run/failure.ts';
import { Chain, History, mostEvents } from './run/history.ts';
import { runLine } from './run/run-line.ts';
import { Scope } from './run/scope.ts';
import type { TaskTokens } from './run/tokens.ts';
import type { Host, Run } from './run/visit.ts';

const redrivableFor = 14 * 24 * 60 * 60 * 1000;

const named = (error: string | undefined, cause: string | undefined): { error?: string; cause?: string } => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

/** One execution of a state machine, which can be stopped and redriven. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly of: RegisteredMachine;
  readonly input: Json;
  readonly startedAt: number;
  readonly history: History;
  standing: Standing = { status: 'RUNNING' };
  redriveCount = 0;
  redrivenAt: number | undefined;
  /** States entered and attempts repeated: what AWS bills. */
  transitions = 0;
  /** Settles when the run that is under way is over. */
  ended: Promise<void> = Promise.resolve();
  readonly #region: string;
  readonly #host: Host;
  readonly #tokens: TaskTokens;
  readonly #evaluator: Evaluator;
  readonly #scope: Scope;
  readonly #changed: (execution: Execution) => void;
  #abort = new AbortController();

  constructor(identity: Identity, host: Host, tokens: TaskTokens, changed: (execution: Execution) => void) {
    this.arn = identity.arn;
    this.name = identity.name;
    this.of = identity.of;
    this.input = identity.input;
    this.#region = identity.region;
    this.#host = host;
    this.#tokens = tokens;
    this.#changed = changed;
    this.startedAt = host.clock.now();
    this.history = new History(host.clock);
    this.#evaluator = new Evaluator(host.clock, host.random);
    this.#scope = new Scope(identity.of.machine, identity.input);
  }

  start(): void {
    this.history.add('ExecutionStarted', 0, {
      executionStartedEventDetails: {
        input: JSON.stringify(this.input),
        inputDetails: { truncated: false },
        roleArn: this.of.roleArn,
      },
    });
    this.#go(0);
  }

  /** Ends it at once; functions that are running go on, and nobody waits for them. */
  stop(error: string | undefined, cause: string | undefined): void {
    if (this.standing.status !== 'RUNNING') return;
    this.history.add('ExecutionAborted', 0, {
      executionAbortedEventDetails: named(error, cause),
    });
    this.#end({ status: 'ABORTED', error, cause });
  }

  /** Why it cannot be redriven, in AWS's words; undefined where it can. */
  get notRedrivable(): string | undefined {
    const { status, stoppedAt = 0 } = this.standing;
    if (status === 'RUNNING' || status === 'SUCCEEDED')
      return `Execution is ${status} and cannot be redriven`;
    if (this.#host.clock.now() - stoppedAt > redrivableFor)
      return 'Execution redrivable period exceeded and cannot be redriven';
    if (this.history.lastId >= mostEvents - 1)
      return 'Execution history event limit exceeded and cannot be redriven';
    return undefined;
  }

  /** Goes on where it failed: the failed state of every line is entered again, with the input it had. */
  redrive(): void {
    this.redriveCount += 1;
    this.redrivenAt = this.#host.clock.now();
    this.standing = { status: 'RUNNING' };
    const event = this.history.add('ExecutionRedriven', this.history.lastId, {
      executionRedrivenEventDetails: { redriveCount: this.redriveCount },
    });
    this.#go(event);
  }

  #go(after: number): void {
    this.#abort = new AbortController();
    const chain = new Chain(this.history, this.#abort.signal, after);
    this.#changed(this);
    this.ended = this.#drive(chain);
  }

  async #drive(chain: Chain): Promise<void> {
    const over = new AbortController();
    const expiry = this.#expire(over.signal);
    const standing = await this.#outcome(chain);
    // It may have been ended while its last state was left.
    if (!chain.signal.aborted) this.#close(standing, chain.last);
    over.abort();
    await expiry;
  }

  async #outcome(chain: Chain): Promise<Standing> {
    try {
      return {
        status: 'SUCCEEDED',
        output: await runLine({ run: this.#shared(), scope: this.#scope, chain }),
      };
    } catch (failure) {
      const { error, reason } =
        failure instanceof Failure ? failure : new Failure('States.Runtime', String(failure));
      return { status: 'FAILED', error, cause: reason };
    }
  }

  #close(standing: Standing, last: number): void {
    const { output, error, cause } = standing;
    if (output === undefined)
      this.history.add('ExecutionFailed', last, { executionFailedEventDetails: named(error, cause) });
    else
      this.history.add('ExecutionSucceeded', last, {
        executionSucceededEventDetails: {
          output: JSON.stringify(output),
          outputDetails: { truncated: false },
        },
      });
    this.#end(standing);
  }

  async #expire(over: AbortSignal): Promise<void> {
    const { TimeoutSeconds: seconds } = this.of.machine;
    if (seconds === undefined) return;
    try {
      await this.#host.clock.sleep(1000 * seconds, over);
    } catch {
      return;
    }
    this.history.add('ExecutionTimedOut', 0, { executionTimedOutEventDetails: { error: 'States.Timeout' } });
    this.#end({ status: 'TIMED_OUT' });
  }

  #end(standing: Standing): void {
    this.standing = { ...standing, stoppedAt: this.#host.clock.now() };
    this.#abort.abort(new Aborted());
    this.#changed(this);
  }

  #shared(): Run {
    const { of, redrivenAt } = this;
    return {
      host: this.#host,
      region: this.#region,
      machine: of,
      tokens: this.#tokens,
      evaluator: this.#evaluator,
      context: {
        Execution: {
          Id: this.arn,
          Name: this.name,
          Input: this.input,
          StartTime: new Date(this.startedAt).toISOString(),
          RoleArn: of.roleArn,
          RedriveCount: this.redriveCount,
          ...(redrivenAt === undefined ? {} : { RedriveTime: new Date(redrivenAt).toISOString() }),
        },
        StateMachine: { Id: of.arn, Name: of.name },
      },
      countTransition: () => {
        this.transitions += 1;
      },
      runLine,
    };
  }
}
