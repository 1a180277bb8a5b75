import type { Clock } from '../../world/clock.ts';
import { Failure } from './failure.ts';

/** How long a task may take, in seconds, and how long it may be silent. */
export interface Times {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

const aborted = (signal: AbortSignal, over: AbortSignal): Promise<never> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true, signal: over });
  return promise;
};

const expired = async (clock: Clock, seconds: number, over: AbortSignal): Promise<never> => {
  await clock.sleep(1000 * seconds, over);
  throw new Failure('States.Timeout', undefined);
};

const silent = async (
  clock: Clock,
  seconds: number,
  lastHeard: () => number,
  over: AbortSignal,
): Promise<never> => {
  for (;;) {
    const left = lastHeard() + 1000 * seconds - clock.now();
    if (left <= 0) throw new Failure('States.Timeout', undefined, ['States.HeartbeatTimeout']);
    await clock.sleep(left, over);
  }
};

/**
 * Settles as the work does, unless that takes longer or is silent for longer than it may, or the signal comes.
 * The work itself cannot be stopped; it is told by a signal that nobody waits any more.
 */
export const inTime = async <Result>(
  work: (over: AbortSignal) => Promise<Result>,
  { timeout, heartbeat }: Times,
  lastHeard: () => number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result> => {
  const over = new AbortController();
  const limits = [aborted(signal, over.signal)];
  if (timeout !== undefined) limits.push(expired(clock, timeout, over.signal));
  if (heartbeat !== undefined) limits.push(silent(clock, heartbeat, lastHeard, over.signal));
  try {
    return await Promise.race([work(over.signal), ...limits]);
  } finally {
    // A reason of our own: without one, each task would make a DOMException and its stack.
    over.abort('It is over.');
  }
};
