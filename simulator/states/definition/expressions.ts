import { expressionIn } from '../data/evaluator.ts';
import { isObject } from '../data/json.ts';
import { type Place, statePath } from './places.ts';
import type { Block, State } from './schema.ts';

/** A JSONata expression of a definition, and what AWS gives it to read. */
export interface Expression {
  readonly source: string;
  readonly path: string;
  readonly state: string;
  /** The names it may read under `$states`, and those under `$states.context`. */
  readonly names: ReadonlySet<string>;
  readonly contextNames: ReadonlySet<string>;
}

type Found = Pick<Expression, 'source' | 'path'>;

const found = (template: unknown, path: string): readonly Found[] => {
  if (typeof template === 'string') {
    const source = expressionIn(template);
    return source === undefined ? [] : [{ source, path }];
  }
  if (Array.isArray(template)) return template.flatMap((item, index) => found(item, `${path}/${index}`));
  if (!isObject(template)) return [];
  return Object.entries(template).flatMap(([key, value]) => found(value, `${path}/${key}`));
};

/** The fields that hold no template: names, texts for people, and the graphs inside a state. */
const plain = new Set([
  'Type',
  'Comment',
  'Next',
  'Default',
  'Resource',
  'Retry',
  'Branches',
  'ItemProcessor',
]);

const namesIn = (field: string, state: State): ReadonlySet<string> => {
  if (field === 'Catch') return new Set(['input', 'context', 'errorOutput']);
  const hasResult = state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
  const isAfter = field === 'Output' || field === 'Assign';
  return new Set(hasResult && isAfter ? ['input', 'context', 'result'] : ['input', 'context']);
};

const contextNamesIn = (field: string, state: State, perItem: boolean): ReadonlySet<string> =>
  new Set([
    'Execution',
    'State',
    'StateMachine',
    ...(state.Type === 'Task' && state.Resource.endsWith('.waitForTaskToken') ? ['Task'] : []),
    ...(perItem || field === 'ItemSelector' ? ['Map'] : []),
  ]);

/** The expressions of one state, without those of the states inside it. */
const expressionsOf = (place: Place, name: string, state: State): readonly Expression[] =>
  Object.entries(state)
    .filter(([field]) => !plain.has(field))
    .flatMap(([field, template]) => {
      const names = namesIn(field, state);
      const contextNames = contextNamesIn(field, state, place.perItem);
      const path = `${statePath(place, name)}/${field}`;
      return found(template, path).map((one) => ({
        source: one.source,
        path: one.path,
        state: name,
        names,
        contextNames,
      }));
    });

/** The expressions of one graph of states, without those of the graphs inside it. */
export const expressionsAt = (place: Place): readonly Expression[] => {
  const states: Block['States'] = place.block.States;
  return Object.entries(states).flatMap(([name, state]) => expressionsOf(place, name, state));
};
