import type { CommandInvocationStatus, GetCommandInvocationCommandOutput } from '@aws-sdk/client-ssm';
import { CommandFailed, NotReady } from '../support/errors.ts';

type Invocation = GetCommandInvocationCommandOutput;

const underWay = new Set<CommandInvocationStatus>(['Pending', 'InProgress', 'Delayed', 'Cancelling']);

const redrive = 'Then redrive the execution.';

/** What the ends mean at which the script has said nothing, by Systems Manager's status details. */
const ends: Readonly<Record<string, string>> = {
  'Delivery Timed Out': `The node did not take it in time: look in Fleet Manager whether it is online and whether its SSM agent runs. ${redrive}`,
  'Execution Timed Out': `The script did not end in time: look on the node what it waits for, mostly names or ports of the directory that do not answer. ${redrive}`,
  Undeliverable: `The node cannot be reached: look in Fleet Manager whether it is online and whether its SSM agent runs. ${redrive}`,
  Terminated: `It was stopped because other commands had failed or the command was cancelled. ${redrive}`,
  Canceled: `Somebody cancelled it: find out who and why. ${redrive}`,
  Cancelled: `Somebody cancelled it: find out who and why. ${redrive}`,
  'Invalid Platform':
    'The node is no Windows machine: name a domain controller of the company in a new execution.',
  'Access Denied': `The function's role or the node's may not run it: allow ssm:SendCommand on the document and on the node. ${redrive}`,
  'Rate Exceeded': `The account has too many commands under way: wait. ${redrive}`,
  'No Instances In Tag': 'No node was meant: deploy again, then start a new execution.',
  Incomplete: `The node did not take it in time: look in Fleet Manager whether it is online. ${redrive}`,
};

const unknown = `Look at the command in Systems Manager. ${redrive}`;

/** At these ends the command never came to the node. */
const undelivered = new Set([
  'Delivery Timed Out',
  'Undeliverable',
  'Invalid Platform',
  'Access Denied',
  'Rate Exceeded',
  'No Instances In Tag',
]);

/** Whether the script has not run and never will. */
export const hasNotRun = ({ StatusDetails }: Invocation): boolean =>
  StatusDetails !== undefined && undelivered.has(StatusDetails);

/** Whether the script itself came to its end, well or badly, and so has printed a result. */
const hasEnded = ({ Status, StatusDetails }: Invocation): boolean =>
  Status === 'Success' || (Status === 'Failed' && (StatusDetails ?? 'Failed') === 'Failed');

/** Throws NotReady while the command is under way, and CommandFailed where its script never came to its end. */
export const checkEnded = (invocation: Invocation, command: string): void => {
  const { Status, StatusDetails } = invocation;
  const details = StatusDetails ?? Status ?? 'without a status';
  if (Status === undefined || underWay.has(Status)) throw new NotReady(`${command} is ${details}.`);
  if (hasEnded(invocation)) return;
  const advice = Object.hasOwn(ends, details) ? ends[details] : unknown;
  throw new CommandFailed(`${command} ended without a result: ${details}. ${advice}`);
};
