import type { Json } from '../../states/data/json.ts';
import { referencesIn } from './expressions.ts';

interface Dependent {
  readonly Properties: Json;
  readonly DependsOn: readonly string[];
}

/** The parameters and resources that a resource needs, each once. */
export const dependenciesOf = ({ Properties, DependsOn }: Dependent): readonly string[] => [
  ...new Set([...DependsOn, ...referencesIn(Properties)]),
];

/** Resources that wait for each other in a circle, or null. */
export const circleIn = (resources: Readonly<Record<string, Dependent>>): readonly string[] | null => {
  const visit = (name: string, above: readonly string[]): readonly string[] | null => {
    if (above.includes(name)) return above.slice(above.indexOf(name));
    const resource = resources[name];
    const below = resource === undefined ? [] : dependenciesOf(resource);
    return firstOf(below, (other) => visit(other, [...above, name]));
  };
  return firstOf(Object.keys(resources), (name) => visit(name, []));
};

const firstOf = <Found>(names: readonly string[], find: (name: string) => Found | null): Found | null => {
  for (const name of names) {
    const found = find(name);
    if (found !== null) return found;
  }
  return null;
};

/**
 * Does something with each of them, as soon as it is done with those that it waits for. The first failure calls off
 * what is under way, and nothing more begins; returns what failed.
 */
export const inOrder = async (
  names: readonly string[],
  waitsFor: (name: string) => readonly string[],
  run: (name: string, signal: AbortSignal) => Promise<void>,
): Promise<readonly string[]> => {
  const calledOff = new AbortController();
  const failed: string[] = [];
  const begun = new Map<string, Promise<void>>();
  const carryOut = async (name: string): Promise<void> => {
    const before = waitsFor(name).filter((other) => names.includes(other));
    await Promise.all(before.map(begin));
    if (calledOff.signal.aborted) return;
    try {
      await run(name, calledOff.signal);
    } catch {
      failed.push(name);
      calledOff.abort();
    }
  };
  const begin = (name: string): Promise<void> => {
    const running = begun.get(name) ?? carryOut(name);
    begun.set(name, running);
    return running;
  };
  await Promise.all(names.map(begin));
  return failed;
};
