import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type Arguments, WrongUsage } from './arguments.ts';
import { executionName } from './execution-name.ts';
import { follow } from './follow.ts';
import { type Outcome, startedOutcome } from './outcome.ts';
import { refusal } from './refusal.ts';
import { regionOf, remoteOutcome } from './remote.ts';
import { report } from './report.ts';
import { type JsonFile, Refused, readJsonFile } from './request-file.ts';
import type { Shell } from './shell.ts';
import { View } from './view.ts';

const begin = async (
  client: SFNClient,
  stateMachineArn: string,
  { json, text }: JsonFile,
  { environment }: Shell,
): Promise<string> => {
  const name = executionName(json, Date.now());
  try {
    const { executionArn = '' } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name, input: text }),
    );
    return executionArn;
  } catch (error) {
    throw refusal(error, environment);
  }
};

/** What is known of an execution that nobody could follow: a bug of this program tells itself on the standard error. */
const causeOf = (error: unknown, { environment, complain }: Shell): string => {
  const refused = refusal(error, environment);
  if (refused instanceof Refused) return refused.message;
  complain(`${inspect(refused)}\n`);
  return `forestbridge itself failed: ${refused instanceof Error ? refused.message : String(refused)}.`;
};

/** Starts an execution and, where it is to be watched, shows it to its end; what was started is never lost. */
export const start = async (args: Arguments, shell: Shell): Promise<number> => {
  const file = args.required('REQUEST');
  const stateMachineArn = args.text('state-machine');
  if (stateMachineArn === undefined) throw new WrongUsage('--state-machine is missing.');
  const region = regionOf(stateMachineArn, 'stateMachine', '--state-machine');
  const asJson = args.has('json');
  const request = await readJsonFile(file);
  const client = new SFNClient({ region, ...shell.aws });
  const interrupted = shell.interrupted();
  const executionArn = await begin(client, stateMachineArn, request, shell);
  const startedAt = Date.now();
  if (!asJson) shell.screen.write(`${executionArn}\n`);
  const over = new AbortController();
  const watched = async (): Promise<Outcome> => {
    const screen = asJson ? { isTerminal: false, width: 100, write: () => {} } : shell.screen;
    const rhythm = {
      wait: () => sleep(shell.pause, undefined, { signal: over.signal }),
      now: Date.now,
    };
    if (args.has('watch')) await follow(client, executionArn, new View(screen), rhythm);
    return remoteOutcome(executionArn, shell);
  };
  const leave = (cause: string, status: number): number => {
    const outcome = startedOutcome(executionArn, cause, Date.now() - startedAt);
    if (asJson) report(outcome, true, shell);
    else shell.complain(`${outcome.cause}\n`);
    return status;
  };
  try {
    const ended = await Promise.race([interrupted, watched()]);
    return typeof ended === 'number' ? leave('Interrupted.', ended) : report(ended, asJson, shell);
  } catch (error) {
    return leave(causeOf(error, shell), 1);
  } finally {
    over.abort();
  }
};
