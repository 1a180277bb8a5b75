import { isArray, type Json } from '../data/json.ts';
import type { StateOf } from '../definition/schema.ts';
import { Aborted } from './failure.ts';
import type { Chain } from './history.ts';
import { withinDataLimit } from './limits.ts';
import { Scope } from './scope.ts';
import { outputsOf, Siblings } from './siblings.ts';
import type { Outcome, Visit } from './visit.ts';
import { withHandlers } from './with-handlers.ts';

/** How many iterations AWS runs at once, at most. */
const mostAtOnce = 40;

const itemsOf = async ({ Items: template }: StateOf<'Map'>, visit: Visit): Promise<readonly Json[]> => {
  const items = template === undefined ? visit.input : await visit.evaluate(template, 'Items');
  if (!isArray(items))
    throw visit.unexpected(
      typeof template === 'string' ? template : '$states.input',
      'Items',
      'array',
      items,
    );
  return items;
};

const iterations = async (state: StateOf<'Map'>, visit: Visit): Promise<readonly Scope[]> => {
  const scopes: Scope[] = [];
  for (const value of await itemsOf(state, visit)) {
    const item = { Index: scopes.length, Value: value };
    const selector = state.ItemSelector;
    const input =
      selector === undefined
        ? value
        : await visit.evaluate(selector, 'ItemSelector', {}, { Map: { Item: item } });
    scopes.push(new Scope(state.ItemProcessor, input, visit.line.scope, item));
  }
  return scopes;
};

/** Tells of an iteration that was given up because another one failed. */
const tellAbort = ({ history, signal }: Chain, details: { name: string; index: number }): void => {
  const reason: unknown = signal.reason;
  if (reason instanceof Aborted && reason.after !== undefined)
    history.add('MapIterationAborted', reason.after, { mapIterationAbortedEventDetails: details });
};

const runIteration = async (scope: Scope, chain: Chain, siblings: Siblings, name: string): Promise<void> => {
  const details = { name, index: scope.item?.Index ?? 0 };
  let hasFailed = false;
  chain.add('MapIterationStarted', { mapIterationStartedEventDetails: details });
  try {
    await siblings.run(scope, chain, () => {
      hasFailed = true;
      chain.aside('MapIterationFailed', { mapIterationFailedEventDetails: details });
    });
  } catch (error) {
    if (!hasFailed) tellAbort(chain, details);
    throw error;
  }
  chain.aside('MapIterationSucceeded', { mapIterationSucceededEventDetails: details });
};

/** Runs the iterations, some at once; after a redrive those that have not come to their end. */
export const runMap = (state: StateOf<'Map'>, visit: Visit): Promise<Outcome> => {
  const { scope, chain } = visit.line;
  const attempt = async (): Promise<Outcome> => {
    const children = scope.children ?? (await iterations(state, visit));
    const limit = (await visit.number(state.MaxConcurrency ?? 0, 'MaxConcurrency')) || mostAtOnce;
    scope.children = children;
    chain.add('MapStateStarted', { mapStateStartedEventDetails: { length: children.length } });
    const siblings = new Siblings(visit.line);
    const waiting = children.filter(({ output }) => output === undefined);
    const work = async (worker: Chain): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await runIteration(next, worker, siblings, visit.name);
    };
    const workers = Array.from({ length: Math.min(limit, mostAtOnce, waiting.length) }, () =>
      work(chain.branch(siblings.signal)),
    );
    await siblings.settled(workers);
    chain.aside('MapStateSucceeded');
    const result = withinDataLimit(outputsOf(children), visit.name);
    return visit.leave(state, { path: '', otherwise: result, next: state.Next }, { result });
  };
  return withHandlers(state, visit, attempt, 'MapStateFailed');
};
