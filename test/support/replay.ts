import { lambdaContext } from '../../cli/lambda-context.ts';
import { type FunctionName, functions } from '../../functions/functions.ts';
import { differences } from '../../scripts/record/conformity.ts';
import { answerIn } from '../../scripts/record/reask.ts';
import type { RecordedCall, Recording } from '../../scripts/record/recording.ts';
import { servicesBy } from '../../scripts/record/services.ts';
import { asked } from '../../scripts/record/tape.ts';
import { toJson } from '../../simulator/states/data/json.ts';
import { Endpoint } from '../../simulator/wire/endpoint.ts';
import type { Call } from '../../simulator/wire/operations.ts';
import { configurationFor } from './configuration.ts';
import { ReplayedDatabase } from './replayed-database.ts';
import { Script } from './script.ts';

const nothing = (): void => {};

const nameOf = ({ service, operation }: Pick<Call, 'service' | 'operation'>): string =>
  `${service} ${operation}`;

/** AWS as it was recorded: at its wire, and one answer at a time. */
const endpointBy = (script: Script<RecordedCall>): Endpoint => {
  const answer = async (call: Call, input: unknown): Promise<unknown> =>
    answerIn(script.next(nameOf(call), (expected) => differences(expected.input, asked({ ...call, input }))));
  return new Endpoint(servicesBy(answer), { onBug: nothing });
};

/** Whoever waits, as it was recorded: one answer at a time. */
const putsBy = ({ puts = [] }: Recording) => {
  const script = new Script('answer to who waits', puts, ({ url }) => url);
  const put = async (url: string, body: string): Promise<number> => {
    const { status } = script.next(url, (expected) => differences(expected.body, body));
    if (status === undefined) throw new Error('There is no answer.');
    return status;
  };
  return { script, put };
};

const ending = async (work: Promise<unknown>): Promise<Pick<Recording, 'result' | 'error'>> => {
  try {
    return { result: toJson(await work) ?? null };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: { name: error.name, message: error.message } };
  }
};

/**
 * Calls the function as it was recorded, at the wire. Throws where it asks for something else, in another order, with
 * another input, or less, and where it ends otherwise.
 */
export const replay = async (name: FunctionName, recording: Recording): Promise<void> => {
  const calls = new Script('call', recording.calls, nameOf);
  const database = await ReplayedDatabase.of(recording);
  const puts = putsBy(recording);
  try {
    const step = await functions[name]();
    const handler = step.bind({
      clientConfiguration: { ...configurationFor(endpointBy(calls)), region: 'eu-central-1' },
      environment: { ...recording.environment, DATABASE_CA_FILE: database.certificateFile },
      now: () => new Date(recording.at),
      connect: (host, port) => database.connect(host, port),
      put: puts.put,
      log: { debug: nothing, info: nothing, error: nothing },
    });
    const end = await ending(handler(recording.event, lambdaContext(name)));
    calls.finish();
    database.script.finish();
    puts.script.finish();
    const { result, error } = recording;
    const differing = differences(toJson({ result, error }), toJson(end));
    if (differing.length > 0) throw new Error(`It ended otherwise: ${differing.join('; ')}.`);
  } finally {
    await database.close();
  }
};
