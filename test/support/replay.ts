import { lambdaContext } from '../../cli/lambda-context.ts';
import { type FunctionName, functions } from '../../functions/functions.ts';
import { differences, readRecorded } from '../../scripts/record/conformity.ts';
import type { Recording } from '../../scripts/record/recording.ts';
import { clientPackages, modelOf, operationOf } from '../../scripts/record/services.ts';
import { asked } from '../../scripts/record/tape.ts';
import { toJson } from '../../simulator/states/data/json.ts';
import { ConnectionLost } from '../../simulator/wire/connection-lost.ts';
import { Endpoint } from '../../simulator/wire/endpoint.ts';
import type { Call } from '../../simulator/wire/operations.ts';
import type { Service } from '../../simulator/wire/service.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { ReplayedDatabase } from './replayed-database.ts';
import { Script } from './script.ts';

const nothing = (): void => {};

type RecordedCall = Recording['calls'][number];

const nameOf = ({ service, operation }: Pick<Call, 'service' | 'operation'>): string =>
  `${service} ${operation}`;

/** AWS as it was recorded: it knows one answer at a time. */
class ReplayedAws {
  readonly script: Script<RecordedCall>;

  constructor(calls: readonly RecordedCall[]) {
    this.script = new Script('call', calls, nameOf);
  }

  endpoint(): Endpoint {
    const services = Object.keys(clientPackages).map((signingName): Service => {
      const model = modelOf(signingName);
      return {
        signingName,
        operation: (name) => model.operation(name),
        operations: () => model.operations(),
        problem: (error) => model.problem(error),
        answer: async (call, input) => this.#answer(call, input),
      };
    });
    return new Endpoint(services, { onBug: nothing });
  }

  #answer(call: Call, input: unknown): unknown {
    const recorded = this.script.next(nameOf(call), (expected) =>
      differences(expected.input, asked({ ...call, input })),
    );
    if ('lost' in recorded) throw new ConnectionLost();
    if ('output' in recorded) return readRecorded(operationOf(call).output, recorded.output);
    const { code, message, status } = recorded.error;
    throw new ServiceError(code, message, {}, status);
  }
}

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
  const aws = new ReplayedAws(recording.calls);
  const database = await ReplayedDatabase.of(recording);
  try {
    const step = await functions[name]();
    const handler = step.bind({
      clientConfiguration: {
        region: 'eu-central-1',
        credentials: { accessKeyId: 'AKIAREPLAYED00000000', secretAccessKey: 'replayed' },
        requestHandler: aws.endpoint().requestHandler(),
        maxAttempts: 1,
      },
      environment: { ...recording.environment, DATABASE_CA_FILE: database.certificateFile },
      now: () => new Date(recording.at),
      connect: (host, port) => database.connect(host, port),
      log: { debug: nothing, info: nothing, error: nothing },
    });
    const end = await ending(handler(recording.event, lambdaContext(name)));
    aws.script.finish();
    database.script.finish();
    const { result, error } = recording;
    const differing = differences(toJson({ result, error }), toJson(end));
    if (differing.length > 0) throw new Error(`It ended otherwise: ${differing.join('; ')}.`);
  } finally {
    await database.close();
  }
};
