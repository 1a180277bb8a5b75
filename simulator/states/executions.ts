import type { Json } from './data/json.ts';
import { loadStateMachine } from './definition/load.ts';
import { Execution } from './execution.ts';
import type { RegisteredMachine } from './records.ts';
import { TaskTokens } from './run/tokens.ts';
import type { Host } from './run/visit.ts';

/** Whose executions they are. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
}

/** The state machines of an account, and their executions. */
export class Executions {
  readonly tokens: TaskTokens;
  readonly #machines = new Map<string, RegisteredMachine>();
  readonly #executions = new Map<string, Execution>();
  readonly #host: Host;
  readonly #account: Account;
  readonly #changed: (execution: Execution) => void;

  constructor(host: Host, account: Account, changed: (execution: Execution) => void) {
    this.#host = host;
    this.#account = account;
    this.#changed = changed;
    this.tokens = new TaskTokens(host.clock, host.random);
  }

  get machines(): readonly RegisteredMachine[] {
    return [...this.#machines.values()];
  }

  /** The newest first. */
  get all(): readonly Execution[] {
    return [...this.#executions.values()].toReversed();
  }

  machineArn(name: string): string {
    return `arn:aws:states:${this.#account.region}:${this.#account.accountId}:stateMachine:${name}`;
  }

  machine(arn: string): RegisteredMachine | undefined {
    return this.#machines.get(arn);
  }

  find(arn: string): Execution | undefined {
    return this.#executions.get(arn);
  }

  executionArn(of: RegisteredMachine, name: string): string {
    return `${of.arn.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  /** Throws InvalidDefinition where the definition cannot be run. */
  register(name: string, definition: string, roleArn: string): RegisteredMachine {
    const registered = {
      arn: this.machineArn(name),
      name,
      roleArn,
      definition,
      machine: loadStateMachine(definition),
      createdAt: this.#host.clock.now(),
    };
    this.#machines.set(registered.arn, registered);
    return registered;
  }

  start(of: RegisteredMachine, name: string, input: Json): Execution {
    const arn = this.executionArn(of, name);
    const identity = { arn, name, region: this.#account.region, of, input };
    const execution = new Execution(identity, this.#host, this.tokens, this.#changed);
    this.#executions.set(arn, execution);
    execution.start();
    return execution;
  }

  /** Resolves when that execution is running no more. */
  async ended(arn: string): Promise<void> {
    const execution = this.#executions.get(arn);
    while (execution?.standing.status === 'RUNNING') await execution.ended;
  }
}
