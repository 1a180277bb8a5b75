import { edges, type Place, places, statePath } from './places.ts';
import type { Block, State } from './schema.ts';

const isTerminal = (state: State): boolean =>
  state.Type === 'Succeed' || state.Type === 'Fail' || ('End' in state && state.End === true);

const reachable = (block: Block): ReadonlySet<string> => {
  const found = new Set<string>();
  const waiting = [block.StartAt];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = block.States[name];
    if (state === undefined || found.has(name)) continue;
    found.add(name);
    waiting.push(...edges(state).map(({ to }) => to));
  }
  return found;
};

const checkState = (place: Place, name: string, state: State): readonly string[] => {
  const path = statePath(place, name);
  const problems = edges(state)
    .filter(({ to }) => place.block.States[to] === undefined)
    .map((edge) => `${path}${edge.path}: there is no state '${edge.to}' beside it`);
  if (state.Type === 'Choice' || state.Type === 'Succeed' || state.Type === 'Fail') return problems;
  if ((state.Next === undefined) === (state.End === undefined))
    problems.push(`${path}: needs either Next or "End": true`);
  return problems;
};

const checkPlace = (place: Place): readonly string[] => {
  const { States: states, StartAt: start } = place.block;
  const problems = Object.entries(states).flatMap(([name, state]) => checkState(place, name, state));
  if (states[start] === undefined)
    return [...problems, `${place.path}/StartAt: there is no state '${start}' beside it`];
  const reached = reachable(place.block);
  const ends = [...reached].some((name) => states[name] !== undefined && isTerminal(states[name]));
  // Where a way leads nowhere, that is the problem, and not the end it does not reach.
  if (!ends && problems.length === 0) problems.push(`${place.path}/States: no end can be reached`);
  const unreached = Object.keys(states).filter((name) => !reached.has(name));
  return problems.concat(unreached.map((name) => `${statePath(place, name)}: no state leads to it`));
};

/** Names that lead nowhere, states that nothing leads to, graphs without an end, and names used twice. */
export const checkTransitions = (machine: Block): readonly string[] => {
  const all = places(machine);
  const names = all.flatMap((place) => Object.keys(place.block.States).map((name) => ({ place, name })));
  const twice = names.filter(({ name }, index) => names.findIndex((other) => other.name === name) < index);
  return [
    ...all.flatMap(checkPlace),
    ...twice.map(
      ({ place, name }) => `${statePath(place, name)}: the machine has another state of that name`,
    ),
  ];
};
