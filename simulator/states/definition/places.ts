import type { Block, State } from './schema.ts';

/** Where in a definition a graph of states stands. */
export interface Place {
  readonly block: Block;
  readonly path: string;
  /** The Parallel or Map state that runs it. */
  readonly within?: { readonly place: Place; readonly name: string };
  /** Whether it runs for an item of a Map. */
  readonly perItem: boolean;
}

const inner = (state: State, path: string): readonly Pick<Place, 'block' | 'path' | 'perItem'>[] => {
  if (state.Type === 'Parallel')
    return state.Branches.map((block, index) => ({
      block,
      path: `${path}/Branches/${index}`,
      perItem: false,
    }));
  if (state.Type === 'Map')
    return [{ block: state.ItemProcessor, path: `${path}/ItemProcessor`, perItem: true }];
  return [];
};

export const statePath = (place: Place, name: string): string => `${place.path}/States/${name}`;

const placesFrom = (place: Place): readonly Place[] => [
  place,
  ...Object.entries(place.block.States).flatMap(([name, state]) =>
    inner(state, statePath(place, name)).flatMap((within) =>
      placesFrom({ ...within, perItem: place.perItem || within.perItem, within: { place, name } }),
    ),
  ),
];

/** Every graph of states of a machine, the outer ones first. */
export const places = (machine: Block): readonly Place[] =>
  placesFrom({ block: machine, path: '', perItem: false });

/** A way from a state to the next one, and the variables that are assigned on it. */
export interface Edge {
  readonly to: string;
  readonly path: string;
  readonly assigns: readonly string[];
}

const assigned = (fields: {
  readonly Assign?: Readonly<Record<string, unknown>> | undefined;
}): readonly string[] => Object.keys(fields.Assign ?? {});

/** The ways out of a state; their paths are relative to it. */
export const edges = (state: State): readonly Edge[] => {
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [];
  if (state.Type === 'Choice') {
    const rules = state.Choices.map((rule, index) => ({
      to: rule.Next,
      path: `/Choices/${index}/Next`,
      assigns: assigned(rule),
    }));
    const otherwise = { path: '/Default', assigns: assigned(state) };
    return state.Default === undefined ? rules : [...rules, { to: state.Default, ...otherwise }];
  }
  const next = state.Next === undefined ? [] : [{ to: state.Next, path: '/Next', assigns: assigned(state) }];
  const catchers = 'Catch' in state ? state.Catch : [];
  return [
    ...next,
    ...catchers.map((catcher, index) => ({
      to: catcher.Next,
      path: `/Catch/${index}/Next`,
      assigns: assigned(catcher),
    })),
  ];
};
