import type { State } from '../../simulator/states/definition/schema.ts';
import { brief, conditionInBrief } from './words.ts';

export interface Arrow {
  /** The state it leads to; null where the graph ends. */
  readonly to: string | null;
  readonly label: string;
  /** Whether an error leads along it. */
  readonly caught: boolean;
}

const plain = (to: string | undefined, label = ''): Arrow => ({ to: to ?? null, label, caught: false });

/** The arrows that leave a state. */
export const arrowsFrom = (state: State): readonly Arrow[] => {
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [plain(undefined)];
  if (state.Type === 'Choice') {
    const rules = state.Choices.map(({ Next, Condition }) => plain(Next, conditionInBrief(Condition)));
    return state.Default === undefined ? rules : [...rules, plain(state.Default, 'otherwise')];
  }
  const catchers = 'Catch' in state ? state.Catch : [];
  return [
    plain(state.Next),
    ...catchers.map(({ Next, ErrorEquals }) => ({
      to: Next,
      label: brief(ErrorEquals.join(', ')),
      caught: true,
    })),
  ];
};
