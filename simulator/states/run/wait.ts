import { z } from 'zod';
import type { StateOf } from '../definition/schema.ts';
import type { Outcome, Visit } from './visit.ts';

const timestamp = z.iso.datetime({ offset: true });

const millisecondsUntil = async (template: string, visit: Visit): Promise<number> => {
  const value = await visit.evaluate(template, 'Timestamp');
  if (typeof value !== 'string') throw visit.unexpected(template, 'Timestamp', 'string', value);
  if (!timestamp.safeParse(value).success)
    throw visit.queryFailed(
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${value}`,
    );
  return Date.parse(value) - visit.line.run.host.clock.now();
};

export const runWait = async (state: StateOf<'Wait'>, visit: Visit): Promise<Outcome> => {
  const milliseconds =
    state.Timestamp === undefined
      ? 1000 * (await visit.number(state.Seconds ?? 0, 'Seconds'))
      : await millisecondsUntil(state.Timestamp, visit);
  await visit.line.run.host.clock.sleep(Math.max(0, milliseconds), visit.line.chain.signal);
  return visit.leave(state, { path: '', otherwise: visit.input, next: state.Next });
};
