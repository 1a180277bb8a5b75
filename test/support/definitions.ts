import { expect } from 'vitest';
import { InvalidDefinition } from '../../simulator/states/definition/invalid-definition.ts';
import { loadStateMachine } from '../../simulator/states/definition/load.ts';
import { block, type Fields } from './state-machines.ts';

export const pass = (more: Fields = { End: true }): Fields => ({ Type: 'Pass', ...more });
export const parallel = (states: Fields, more: Fields = {}): Fields => ({
  Type: 'Parallel',
  Branches: [block(states)],
  ...(more.Next === undefined ? { End: true } : {}),
  ...more,
});
/** The states of a machine that comes to this expression. */
export const output = (expression: string, more: Fields = {}): Fields => ({
  A: pass({ End: true, Output: `{% ${expression} %}`, ...more }),
});

/** What is wrong with a definition. */
export const problemsOf = (text: string): readonly string[] => {
  try {
    loadStateMachine(text);
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.problems;
    throw error;
  }
};

/** That is wrong with it, and nothing else. */
export const expectOneProblem = (text: string, problem: string): void => {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
};
