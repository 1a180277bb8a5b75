import type { StateOf } from '../definition/schema.ts';
import { Failure } from './failure.ts';
import type { Visit } from './visit.ts';

const text = async (
  visit: Visit,
  template: string | undefined,
  field: string,
): Promise<string | undefined> => {
  if (template === undefined) return undefined;
  const value = await visit.evaluate(template, field);
  if (typeof value !== 'string') throw visit.unexpected(template, field, 'string', value);
  return value;
};

export const runFail = async (state: StateOf<'Fail'>, visit: Visit): Promise<never> => {
  const error = await text(visit, state.Error, 'Error');
  throw new Failure(error ?? '', await text(visit, state.Cause, 'Cause'));
};
