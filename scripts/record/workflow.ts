import { type FunctionName, functions } from '../../functions/functions.ts';
import type { NormalisedRequest } from '../../functions/request/schema.ts';
import { places } from '../../simulator/states/definition/places.ts';
import type { State, StateMachine, StateOf } from '../../simulator/states/definition/schema.ts';

const keepAdminPassword = 'Keep the Admin password';
const beginning = ['Validate request', 'Claim request', 'Check account'];
const directory = [keepAdminPassword, 'Ensure directory', 'Await directory', 'Confirm directory'];
const database = ['Ensure database network', 'Ensure database', 'Await database'];
const trust = [
  'Open directory traffic',
  'Route public addresses',
  'Check domain controller again',
  'Hear from the domain controller again',
  'Forward DNS on premises',
  'Await forwarder on premises',
  'Forward DNS in AWS',
  'Plan trust',
  'Keep the trust password',
  'Create trust on premises',
  'Await trust on premises',
  'Ensure trust',
  'Verify trust',
  'Await verification',
  'Confirm trust on premises',
  'Await confirmation on premises',
  'Retire the trust password',
];
const join = ['Join database', 'Await membership', 'Await reboot'];
const end = ['Enter Windows logins', 'Create Windows logins', 'Protect database', 'Publish result'];

/** The ways of an execution through its branches, the short ones first. */
const ways = [
  [...beginning, keepAdminPassword, 'Confirm superfluous directory', 'Remove superfluous directory'],
  [...beginning, ...directory, ...trust],
  [...beginning, ...database, ...directory, ...join],
  [...beginning, ...database, ...directory, ...trust, ...join, ...end],
];

/** What an execution passes before it comes to a state. */
export const wayTo = (name: string, request: NormalisedRequest): readonly string[] => {
  const way = ways.find((names) => names.includes(name));
  if (way === undefined) throw new RangeError(`No way leads to a state ${name}.`);
  const before = way.slice(0, way.indexOf(name));
  return request.directory.directoryId === null
    ? before
    : before.filter((each) => each !== keepAdminPassword);
};

/** The variables that the Parallel state makes of what its branches end with, by the state that ends one. */
export const gathered: Readonly<Record<string, string>> = {
  'Retire the trust password': 'trusted',
  'Await reboot': 'joined',
};

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** The states of a workflow by their names. */
export const statesOf = (machine: StateMachine): ReadonlyMap<string, State> =>
  new Map(places(machine).flatMap(({ block }) => Object.entries(block.States)));

/** What an execution calls at a state. */
export const functionAt = ({ Arguments: { FunctionName: name } }: StateOf<'Task'>): FunctionName => {
  if (!isFunctionName(name)) throw new RangeError(`There is no function ${name}.`);
  return name;
};
