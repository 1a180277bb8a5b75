import type { StateOf } from '../definition/schema.ts';
import { Failure } from './failure.ts';
import type { Outcome, Visit } from './visit.ts';

/** Takes the first rule whose condition holds; its Output and Assign stand in place of the state's own. */
export const runChoice = async (state: StateOf<'Choice'>, visit: Visit): Promise<Outcome> => {
  for (const [index, rule] of state.Choices.entries()) {
    const field = `Choices[${index}]/Condition`;
    const holds = await visit.evaluate(rule.Condition, field);
    if (typeof holds !== 'boolean') throw visit.unexpected(rule.Condition, field, 'boolean', holds);
    if (holds)
      return visit.leave(rule, { path: `Choices[${index}]/`, otherwise: visit.input, next: rule.Next });
  }
  if (state.Default === undefined)
    throw new Failure(
      'States.NoChoiceMatched',
      `${visit.where} Failed to transition out of the state. The state does not point to a next state.`,
    );
  return visit.leave(state, { path: '', otherwise: visit.input, next: state.Default });
};
