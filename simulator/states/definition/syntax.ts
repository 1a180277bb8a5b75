import { compiled } from '../data/compiled.ts';
import { isObject } from '../data/json.ts';

/** What a JSONata expression reads from outside itself. */
export interface Reading {
  /** Its variables, without those it makes itself. */
  readonly variables: ReadonlySet<string>;
  /** The names after `$states`, for each time it is read. */
  readonly states: readonly (readonly string[])[];
  /** Names read from the value at the top, of which a state has none. */
  readonly unrooted: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const nodesIn = (value: unknown): readonly Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isObject(value) ? [value] : [];
};
const stepsOf = (node: Node): readonly Node[] => nodesIn(node.steps);
const childrenOf = (node: Node): readonly Node[] => Object.values(node).flatMap(nodesIn);

const textOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

/** The names a node gives to values: `:=`, a function's arguments, `@` and `#`. */
const namesMade = (node: Node): readonly string[] => {
  const made = [...textOf(node.focus), ...textOf(node.index)];
  if (node.type === 'bind') made.push(...nodesIn(node.lhs).flatMap(({ value }) => textOf(value)));
  if (node.type === 'lambda') made.push(...nodesIn(node.arguments).flatMap(({ value }) => textOf(value)));
  return made;
};

const everyNode = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap(everyNode)];

/** The names at the start of paths that are read against the top; later steps are read against their path. */
const unrootedIn = (node: Node): readonly string[] => {
  if (node.type === 'transform') return [];
  if (node.type === 'variable' && node.value === '') return ['$'];
  if (node.type !== 'path') return childrenOf(node).flatMap(unrootedIn);
  const [first] = stepsOf(node);
  if (first === undefined) return [];
  return first.type === 'name' ? textOf(first.value) : unrootedIn(first);
};

const namesAfterStates = (node: Node): readonly string[] => {
  const [, ...rest] = stepsOf(node);
  const end = rest.findIndex(({ type }) => type !== 'name');
  return rest.slice(0, end === -1 ? rest.length : end).flatMap(({ value }) => textOf(value));
};

/** Reads an expression; throws JSONata's own error where it is not well formed. */
export const readingOf = (source: string): Reading => {
  const tree: unknown = compiled(source).ast();
  const nodes = nodesIn(tree).flatMap(everyNode);
  const made = new Set(nodes.flatMap(namesMade));
  const used = nodes.filter(({ type }) => type === 'variable').flatMap(({ value }) => textOf(value));
  const paths = nodes.filter(
    (node) => stepsOf(node)[0]?.type === 'variable' && stepsOf(node)[0]?.value === 'states',
  );
  return {
    variables: new Set(used.filter((name) => name !== '' && !made.has(name))),
    states: paths.map(namesAfterStates),
    unrooted: nodesIn(tree).flatMap(unrootedIn),
  };
};
