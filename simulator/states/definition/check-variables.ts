import { isFunctionName } from '../data/functions.ts';
import { expressionsAt } from './expressions.ts';
import { edges, type Place, places, statePath } from './places.ts';
import type { Block, State } from './schema.ts';
import { readingOf } from './syntax.ts';

type Names = ReadonlySet<string>;

const assignedBy = (state: State): readonly string[] => [
  ...edges(state).flatMap(({ assigns }) => assigns),
  ...('Assign' in state ? Object.keys(state.Assign ?? {}) : []),
];
const assignedIn = (place: Place): Names => new Set(Object.values(place.block.States).flatMap(assignedBy));

/** For every state of a graph the variables that some way to it has assigned. */
const assignedBefore = ({ block }: Place, outer: Names): ReadonlyMap<string, Names> => {
  const known = new Map<string, Set<string>>();
  const waiting = [{ name: block.StartAt, names: outer }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { name, names } = visit;
    const before = known.get(name);
    if (before !== undefined && [...names].every((one) => before.has(one))) continue;
    const now = new Set([...(before ?? []), ...names]);
    known.set(name, now);
    const state: State | undefined = block.States[name];
    if (state === undefined) continue;
    for (const { to, assigns } of edges(state))
      waiting.push({ name: to, names: new Set([...now, ...assigns]) });
  }
  return known;
};

const checkAssignments = (place: Place): readonly string[] => {
  const problems: string[] = [];
  for (const [name, state] of Object.entries(place.block.States)) {
    const assigns = new Set(assignedBy(state));
    if (assigns.has('states')) problems.push(`${statePath(place, name)}: $states cannot be assigned`);
    for (let outer = place.within; outer !== undefined; outer = outer.place.within) {
      const taken = assignedIn(outer.place);
      for (const variable of [...assigns].filter((variable) => taken.has(variable)))
        problems.push(
          `${statePath(place, name)}: $${variable} is assigned outside of '${outer.name}' too; use another name`,
        );
    }
  }
  return problems;
};

const variablesIn = (source: string): readonly string[] => {
  try {
    return [...readingOf(source).variables];
  } catch {
    // What cannot be parsed is reported where the syntax is checked.
    return [];
  }
};

const checkReads = (place: Place, before: ReadonlyMap<string, Names>): readonly string[] =>
  expressionsAt(place).flatMap(({ source, path, state }) =>
    variablesIn(source)
      .filter((name) => name !== 'states' && name !== '$' && !isFunctionName(name))
      .filter((name) => before.get(state)?.has(name) === false)
      .map((name) => `${path}: no way to this state assigns $${name}`),
  );

/** Names assigned in two nested scopes, and variables that nothing can have assigned where they are read. */
export const checkVariables = (machine: Block): readonly string[] => {
  const known = new Map<Block, ReadonlyMap<string, Names>>();
  return places(machine).flatMap((place) => {
    const { within } = place;
    const outer = within === undefined ? undefined : known.get(within.place.block)?.get(within.name);
    const before = assignedBefore(place, outer ?? new Set());
    known.set(place.block, before);
    return checkAssignments(place).concat(checkReads(place, before));
  });
};
