import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Json } from '../data/json.ts';
import type { State } from '../definition/schema.ts';
import { runChoice } from './choice.ts';
import { runFail } from './fail.ts';
import { Aborted, Failure } from './failure.ts';
import { runMap } from './map.ts';
import { runParallel } from './parallel.ts';
import { runPass } from './pass.ts';
import { runSucceed } from './succeed.ts';
import { runTask } from './task.ts';
import { type Line, type Outcome, Visit } from './visit.ts';
import { runWait } from './wait.ts';

const carryOut = (state: State, visit: Visit): Promise<Outcome> => {
  if (state.Type === 'Task') return runTask(state, visit);
  if (state.Type === 'Pass') return runPass(state, visit);
  if (state.Type === 'Wait') return runWait(state, visit);
  if (state.Type === 'Choice') return runChoice(state, visit);
  if (state.Type === 'Succeed') return runSucceed(state, visit);
  if (state.Type === 'Fail') return runFail(state, visit);
  if (state.Type === 'Parallel') return runParallel(state, visit);
  return runMap(state, visit);
};

const enter = (line: Line, name: string, type: State['Type']): Visit => {
  const input = JSON.stringify(line.scope.input);
  const details = { name, input, inputDetails: { truncated: false } };
  const event = line.chain.add(`${type}StateEntered`, { stateEnteredEventDetails: details });
  line.run.countTransition();
  return new Visit(line, name, event);
};

const exit = (
  { scope, chain }: Line,
  name: string,
  type: Exclude<State['Type'], 'Fail'>,
  outcome: Outcome,
): void => {
  const { output, assigned, next } = outcome;
  const variables = Object.entries(assigned ?? {}).map(
    ([key, value]) => [key, JSON.stringify(value)] as const,
  );
  chain.add(`${type}StateExited`, {
    stateExitedEventDetails: {
      name,
      output: JSON.stringify(output),
      outputDetails: { truncated: false },
      ...(assigned === undefined ? {} : { assignedVariables: Object.fromEntries(variables) }),
      ...(assigned === undefined ? {} : { assignedVariablesDetails: { truncated: false } }),
    },
  });
  scope.assign(assigned ?? {});
  scope.children = undefined;
  if (next === undefined) scope.output = output;
  else {
    scope.position = next;
    scope.input = output;
  }
};

const abortedEvents: Readonly<Partial<Record<State['Type'], HistoryEventType>>> = {
  Task: 'TaskStateAborted',
  Wait: 'WaitStateAborted',
  Parallel: 'ParallelStateAborted',
  Map: 'MapStateAborted',
};

/** A state that a sibling's failure ends is told of; where the execution was ended, nothing more is. */
const tellAbort = ({ chain: { history, signal } }: Line, type: State['Type']): void => {
  const event = abortedEvents[type];
  const reason: unknown = signal.reason;
  if (event === undefined || !(reason instanceof Aborted) || reason.after === undefined) return;
  history.add(event, reason.after);
};

const step = async (line: Line): Promise<void> => {
  const { position: name, block } = line.scope;
  const state = block.States[name];
  if (state === undefined) throw new Failure('States.Runtime', `There is no state '${name}'.`);
  const visit = enter(line, name, state.Type);
  try {
    const outcome = await carryOut(state, visit);
    if (state.Type !== 'Fail') exit(line, name, state.Type, outcome);
  } catch (error) {
    if (line.chain.signal.aborted) tellAbort(line, state.Type);
    throw error;
  }
};

/** Runs a scope to its end, from where it stands; a scope that has ended is left as it is. */
export const runLine = async (line: Line): Promise<Json> => {
  const { scope } = line;
  while (scope.output === undefined) await step(line);
  return scope.output;
};
