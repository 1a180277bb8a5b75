import type { DomainController } from './forest.ts';
import { drawn, type Setting } from './setting.ts';
import { uuid } from './uuid.ts';

/** A Run Command document as it was registered: one version. */
export interface CommandDocument {
  readonly name: string;
  readonly content: string;
  readonly hash: string;
}

/** What a document's script prints and how it ends. */
export interface ScriptResult {
  readonly output: string;
  readonly exitCode: number;
}

export type CommandStatus = 'Pending' | 'InProgress' | 'Delayed' | 'Success' | 'Failed' | 'TimedOut';

export interface Command {
  readonly commandId: string;
  readonly documentName: string;
  readonly managedNodeId: string;
  readonly comment: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly requestedAt: number;
  endedAt: number | null;
  status: CommandStatus;
  result: ScriptResult | null;
}

type Parameters = ReadonlyMap<string, string>;

/** Runs a document's script on a domain controller of the world. */
export type RunScript = (
  documentName: string,
  controller: DomainController,
  parameters: Parameters,
) => ScriptResult;

/** The commands sent to managed nodes. A node that is down leaves its commands waiting until it is up or they expire. */
export class Commands {
  readonly documents = new Map<string, CommandDocument>();
  readonly all: Command[] = [];
  readonly #setting: Setting;
  readonly #controllers: () => readonly DomainController[];
  readonly #run: RunScript;

  constructor(setting: Setting, controllers: () => readonly DomainController[], run: RunScript) {
    this.#setting = setting;
    this.#controllers = controllers;
    this.#run = run;
  }

  controllers(): readonly DomainController[] {
    return this.#controllers();
  }

  send(
    wanted: Omit<Command, 'commandId' | 'requestedAt' | 'endedAt' | 'status' | 'result'>,
    timeoutSeconds: number,
  ): Command {
    const { clock, random } = this.#setting;
    const command: Command = {
      ...wanted,
      commandId: uuid(random),
      requestedAt: clock.now(),
      endedAt: null,
      status: 'Pending',
      result: null,
    };
    this.all.push(command);
    this.#later(1, 3, () => {
      command.status = this.#controller(command)?.up === true ? 'InProgress' : 'Delayed';
      this.#later(4, 12, () => this.#finish(command));
    });
    clock.at(clock.now() + timeoutSeconds * 1000, () => {
      if (command.result === null) command.status = 'TimedOut';
    });
    return command;
  }

  /** Whether GetCommandInvocation knows the command already: not in the first seconds. */
  isKnown(command: Command): boolean {
    return this.#setting.clock.now() - command.requestedAt >= 1000;
  }

  /** Runs the script, as soon as its node is there. */
  #finish(command: Command): void {
    if (command.status === 'TimedOut') return;
    const controller = this.#controller(command);
    if (controller?.up !== true) {
      command.status = 'Delayed';
      return this.#later(30, 60, () => this.#finish(command));
    }
    command.endedAt = this.#setting.clock.now();
    command.result = this.#run(command.documentName, controller, command.parameters);
    command.status = command.result.exitCode === 0 ? 'Success' : 'Failed';
  }

  #later(least: number, most: number, event: () => void): void {
    const { clock } = this.#setting;
    clock.at(clock.now() + drawn(this.#setting, least, most), event);
  }

  #controller(command: Command): DomainController | undefined {
    return this.#controllers().find(({ managedNodeId }) => managedNodeId === command.managedNodeId);
  }
}
