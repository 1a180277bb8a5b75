import type { FunctionName } from '../../functions/functions.ts';
import { ConnectionLost } from '../../simulator/wire/connection-lost.ts';
import type { Call } from '../../simulator/wire/operations.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { readRecorded } from './conformity.ts';
import { invocationAt } from './invocation.ts';
import type { RecordedCall, Recording } from './recording.ts';
import { operationOf, servicesBy } from './services.ts';

/** What a recorded call is answered: its output, or thrown what was recorded instead of one. */
export const answerIn = (recorded: RecordedCall): unknown => {
  if ('lost' in recorded) throw new ConnectionLost();
  if ('output' in recorded) return readRecorded(operationOf(recorded).output, recorded.output);
  const { code, message, status } = recorded.error;
  throw new ServiceError(code, message, {}, status);
};

const nameOf = ({ service, operation }: Pick<Call, 'service' | 'operation'>): string =>
  `${service} ${operation}`;

/** Calls the function with the answers that a recording has, each operation's in their order, and records that. */
export const reasked = async (name: FunctionName, recording: Recording): Promise<Recording> => {
  const { event, at, environment = {}, calls, connection, puts = [] } = recording;
  const statuses = puts.map(({ status }) => status);
  const left = Map.groupBy(calls, nameOf);
  const answer = async (call: Call): Promise<unknown> => {
    const next = left.get(nameOf(call))?.shift();
    if (next === undefined) throw new Error(`The recording has no answer left to ${nameOf(call)}.`);
    return answerIn(next);
  };
  const made = await invocationAt(name, event, servicesBy(answer), {
    region: 'eu-central-1',
    environment,
    now: () => new Date(at),
    connect: () => {
      const { code = 'unknown', message = 'No connection was recorded.' } = connection?.error ?? {};
      return Promise.reject(Object.assign(new Error(message), { code }));
    },
    put: async () => {
      const status = statuses.shift();
      if (status === undefined) throw new Error('There is no answer.');
      return status;
    },
  });
  const unasked = [...left].filter(([, answers]) => answers.length > 0).map(([each]) => each);
  if (unasked.length > 0)
    throw new Error(`Nobody asked for the recording's answer to ${unasked.join(', ')}.`);
  return made;
};
