import type { StateOf } from '../definition/schema.ts';
import type { Outcome, Visit } from './visit.ts';

export const runPass = (state: StateOf<'Pass'>, visit: Visit): Promise<Outcome> =>
  visit.leave(state, { path: '', otherwise: visit.input, next: state.Next });
