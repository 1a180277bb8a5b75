import type { StateOf } from '../definition/schema.ts';
import { withinDataLimit } from './limits.ts';
import { Scope } from './scope.ts';
import { outputsOf, Siblings } from './siblings.ts';
import type { Outcome, Visit } from './visit.ts';
import { withHandlers } from './with-handlers.ts';

const branches = async (state: StateOf<'Parallel'>, visit: Visit): Promise<readonly Scope[]> => {
  const input =
    state.Arguments === undefined ? visit.input : await visit.evaluate(state.Arguments, 'Arguments');
  return state.Branches.map((block) => new Scope(block, input, visit.line.scope));
};

/** Runs all branches at once; after a redrive those that have not come to their end. */
export const runParallel = (state: StateOf<'Parallel'>, visit: Visit): Promise<Outcome> => {
  const { scope, chain } = visit.line;
  const attempt = async (): Promise<Outcome> => {
    const children = scope.children ?? (await branches(state, visit));
    scope.children = children;
    chain.add('ParallelStateStarted');
    const siblings = new Siblings(visit.line);
    await siblings.settled(children.map((child) => siblings.run(child, chain.branch(siblings.signal))));
    chain.aside('ParallelStateSucceeded');
    const result = withinDataLimit(outputsOf(children), visit.name);
    return visit.leave(state, { path: '', otherwise: result, next: state.Next }, { result });
  };
  return withHandlers(state, visit, attempt, 'ParallelStateFailed');
};
