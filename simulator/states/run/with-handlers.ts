import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Catcher, Retrier } from '../definition/schema.ts';
import { Failure, matches } from './failure.ts';
import { Retries } from './retries.ts';
import type { Outcome, Visit } from './visit.ts';

interface Handlers {
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
}

const caught = async (visit: Visit, catchers: readonly Catcher[], failure: Failure): Promise<Outcome> => {
  const index = catchers.findIndex(({ ErrorEquals: names }) => matches(names, failure));
  const catcher = catchers[index];
  if (catcher === undefined) throw failure;
  const errorOutput = { Error: failure.error, Cause: failure.reason ?? '' };
  const to = { path: `Catch[${index}]/`, otherwise: errorOutput, next: catcher.Next };
  return visit.leave(catcher, to, { errorOutput });
};

/** A state whose children all succeeded, but were too large together, is run anew by a redrive, children and all. */
const forgetFinished = ({ line: { scope } }: Visit): void => {
  if (scope.children?.every(({ output }) => output !== undefined)) scope.children = undefined;
};

/** Tries a state as often as its Retry allows, then asks its Catch. */
export const withHandlers = async (
  { Retry: retriers, Catch: catchers }: Handlers,
  visit: Visit,
  attempt: () => Promise<Outcome>,
  failed?: HistoryEventType,
): Promise<Outcome> => {
  const { run, scope, chain } = visit.line;
  const retries = new Retries(retriers, run.host.random);
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      chain.signal.throwIfAborted();
      if (!(failure instanceof Failure)) throw failure;
      const delay = retries.delayAfter(failure);
      if (delay === undefined) {
        if (failure.error === 'States.DataLimitExceeded') forgetFinished(visit);
        if (failed !== undefined) chain.add(failed);
        return caught(visit, catchers, failure);
      }
      await run.host.clock.sleep(delay, chain.signal);
      run.countTransition();
      visit.retryCount += 1;
      scope.children = undefined;
    }
  }
};
