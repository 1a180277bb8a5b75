import { places, statePath } from './places.ts';
import type { Block, State, StateOf } from './schema.ts';

const known: ReadonlySet<string> = new Set([
  'States.ALL',
  'States.DataLimitExceeded',
  'States.HeartbeatTimeout',
  'States.NoChoiceMatched',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
]);

const checkNames = (
  handlers: readonly { readonly ErrorEquals: readonly string[] }[],
  path: string,
): readonly string[] =>
  handlers.flatMap(({ ErrorEquals: names }, index) => {
    const where = `${path}/${index}/ErrorEquals`;
    const unknown = names.filter((name) => name.startsWith('States.') && !known.has(name));
    const problems = unknown.map((name) => `${where}: there is no error '${name}'`);
    if (!names.includes('States.ALL')) return problems;
    if (names.length > 1) problems.push(`${where}: States.ALL must stand alone`);
    if (index < handlers.length - 1) problems.push(`${where}: States.ALL must stand in the last entry`);
    return problems;
  });

const checkDelays = (retry: StateOf<'Task'>['Retry'], path: string): readonly string[] =>
  retry.flatMap((retrier, index) =>
    retrier.MaxDelaySeconds !== undefined && retrier.MaxDelaySeconds <= retrier.IntervalSeconds
      ? [`${path}/${index}/MaxDelaySeconds: must be greater than IntervalSeconds`]
      : [],
  );

const checkTimes = (state: StateOf<'Task'>, path: string): readonly string[] => {
  const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = state;
  return typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout
    ? [`${path}/HeartbeatSeconds: must be smaller than TimeoutSeconds`]
    : [];
};

const checkState = (state: State, path: string): readonly string[] => {
  if (state.Type === 'Wait')
    return (state.Seconds === undefined) === (state.Timestamp === undefined)
      ? [`${path}: needs either Seconds or Timestamp`]
      : [];
  if (!('Retry' in state)) return [];
  return [
    ...checkNames(state.Retry, `${path}/Retry`),
    ...checkDelays(state.Retry, `${path}/Retry`),
    ...checkNames(state.Catch, `${path}/Catch`),
    ...(state.Type === 'Task' ? checkTimes(state, path) : []),
  ];
};

/** What Retry, Catch and the times of a state say that AWS would refuse. */
export const checkHandlers = (machine: Block): readonly string[] =>
  places(machine).flatMap((place) =>
    Object.entries(place.block.States).flatMap(([name, state]) => checkState(state, statePath(place, name))),
  );
