import { setTimeout as sleep } from 'node:timers/promises';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type Arguments, WrongUsage } from './arguments.ts';
import { executionName } from './execution-name.ts';
import { follow } from './follow.ts';
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

/** What was started goes on, whatever becomes of this command. */
const refusalAfter = (executionArn: string, error: unknown, { environment }: Shell): unknown => {
  const refused = refusal(error, environment);
  if (!(refused instanceof Refused)) return refused;
  return new Refused(
    `${refused.message} The execution goes on; forestbridge explain ${executionArn} tells how it stands.`,
    { cause: refused },
  );
};

/** Starts an execution and, where it is to be watched, shows it to its end. */
export const start = async (args: Arguments, shell: Shell): Promise<number> => {
  const file = args.required('REQUEST');
  const stateMachineArn = args.text('state-machine');
  if (stateMachineArn === undefined) throw new WrongUsage('--state-machine is missing.');
  const region = regionOf(stateMachineArn, 'stateMachine', '--state-machine');
  const asJson = args.has('json');
  const request = await readJsonFile(file);
  const client = new SFNClient({ region, ...shell.aws });
  const executionArn = await begin(client, stateMachineArn, request, shell);
  if (!asJson) shell.screen.write(`${executionArn}\n`);
  try {
    const screen = asJson ? { isTerminal: false, width: 100, write: () => {} } : shell.screen;
    const rhythm = { wait: () => sleep(shell.pause), now: Date.now };
    if (args.has('watch')) await follow(client, executionArn, new View(screen), rhythm);
    return report(await remoteOutcome(executionArn, shell), asJson, shell);
  } catch (error) {
    throw refusalAfter(executionArn, error, shell);
  }
};
