import type { Runtime } from '../../functions/support/runtime.ts';
import type { Step } from '../../functions/support/step.ts';
import type { Clock } from '../../simulator/world/clock.ts';
import { lambdaContext } from './lambda-context.ts';

const quiet = () => {};
const passing = new Set(['NotReady', 'Throttled']);

type Given = Pick<Runtime, 'clientConfiguration' | 'environment' | 'now'> &
  Partial<Pick<Runtime, 'put' | 'log'>>;

/** A step in an account where nothing listens and nobody reads the log. */
export const bindStep = (step: Step, given: Given): ReturnType<Step['bind']> =>
  step.bind({
    connect: () => Promise.reject(new Error('Nothing listens.')),
    put: () => Promise.reject(new Error('Nobody waits.')),
    log: { debug: quiet, info: quiet, error: quiet },
    ...given,
  });

/** Runs steps, each of them bound once, as Lambda does it. */
export const stepRunner = (given: Given) => {
  const handlers = new Map<Step, ReturnType<Step['bind']>>();
  return async (step: Step, input: unknown): Promise<unknown> => {
    const handler = handlers.get(step) ?? bindStep(step, given);
    handlers.set(step, handler);
    return handler(input, lambdaContext);
  };
};

/** As the state machine does: again and again, while the step waits or was throttled. */
export const settled = async (
  run: () => Promise<unknown>,
  clock: Clock,
  seconds: number,
): Promise<unknown> => {
  for (let tries = 0; tries < 60; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Error && passing.has(error.name))) throw error;
      await clock.sleep(seconds * 1000);
    }
  }
  throw new Error('The step never ends.');
};
