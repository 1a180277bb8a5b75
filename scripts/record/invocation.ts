import { devNull } from 'node:os';
import { lambdaContext } from '../../cli/lambda-context.ts';
import { type FunctionName, functions } from '../../functions/functions.ts';
import type { Runtime } from '../../functions/support/runtime.ts';
import { type Json, parseJson, toJson } from '../../simulator/states/data/json.ts';
import { Endpoint } from '../../simulator/wire/endpoint.ts';
import type { Service } from '../../simulator/wire/service.ts';
import { type Recording, recordingSchema } from './recording.ts';
import { Redaction } from './redact.ts';
import { Tape } from './tape.ts';

type Environment = Runtime['environment'];

/** The environment, and the settings of it that the function has read. */
const watched = (environment: Environment): readonly [Environment, () => Record<string, string>] => {
  const read = new Set<string>();
  const watching = new Proxy(environment, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name === 'string' && typeof value === 'string') read.add(name);
      return value;
    },
  });
  return [
    watching,
    () => Object.fromEntries([...read].toSorted().map((name) => [name, String(environment[name])])),
  ];
};

/** A setting that names a file of the machine. */
const ownFile = 'DATABASE_CA_FILE';

const outcome = async (work: Promise<unknown>): Promise<Pick<Recording, 'result' | 'error'>> => {
  try {
    return { result: toJson(await work) ?? null };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: { name: error.name, message: error.message } };
  }
};

/** Calls a function once, at one moment, and gives everything between it and the outside, without passwords. */
export const invocation = async (
  name: FunctionName,
  event: Json,
  runtime: Runtime,
  tape: Tape,
): Promise<Recording> => {
  const at = runtime.now();
  const [environment, read] = watched(runtime.environment);
  const step = await functions[name]();
  const handler = step.bind({
    ...runtime,
    environment,
    now: () => at,
    connect: tape.connecting(runtime.connect),
    put: tape.putting(runtime.put),
  });
  const ending = await outcome(handler(event, lambdaContext(name)));
  if (tape.bug !== undefined) throw tape.bug;
  const { [ownFile]: _, ...settings } = read();
  const { calls, connection, statements, puts } = tape;
  const redaction = new Redaction();
  const recording = redaction.of(
    toJson({
      event,
      at: at.toISOString(),
      ...(Object.keys(settings).length === 0 ? {} : { environment: settings }),
      calls,
      ...(connection === undefined ? {} : { connection, statements }),
      ...(puts.length === 0 ? {} : { puts }),
      ...ending,
    }) ?? null,
  );
  const text = JSON.stringify(recording);
  redaction.check(text);
  return recordingSchema.parse(parseJson(text));
};

const nothing = (): void => {};

/** The same, where services answer that are no simulated account's. */
export const invocationAt = (
  name: FunctionName,
  event: Json,
  services: readonly Service[],
  surroundings: Pick<Runtime, 'environment' | 'now' | 'connect' | 'put'> & { readonly region: string },
): Promise<Recording> => {
  const tape = new Tape();
  const { region, environment, now, connect, put } = surroundings;
  const endpoint = new Endpoint(services, { around: tape.around, onBug: nothing });
  const clientConfiguration = {
    region,
    requestHandler: endpoint.requestHandler(),
    maxAttempts: 1 as const,
    credentials: { accessKeyId: 'AKIARECORDED00000000', secretAccessKey: 'recorded' },
  };
  const log = { debug: nothing, info: nothing, error: nothing };
  return invocation(
    name,
    event,
    { clientConfiguration, environment: { [ownFile]: devNull, ...environment }, now, connect, put, log },
    tape,
  );
};
