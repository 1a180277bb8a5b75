import { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import type { FunctionName } from '../../functions/functions.ts';
import { isObject, type Json } from '../../simulator/states/data/json.ts';
import { Endpoint } from '../../simulator/wire/endpoint.ts';
import type { Service } from '../../simulator/wire/service.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { invocation } from './invocation.ts';
import type { Recording } from './recording.ts';
import { clientPackages, modelOf } from './services.ts';
import { Tape } from './tape.ts';

const reading = /^(Describe|Get|List|Query)/;

/** A call that would change something in the account, which was not allowed. */
export class WouldWrite extends Error {
  override readonly name = 'WouldWrite';
}

type Send = (operation: string, input: unknown) => Promise<unknown>;

/** Calls AWS by one of the SDK's packages, as whoever the credentials belong to. */
const sender = (clientPackage: object): Send => {
  const [, Client] = Object.entries(clientPackage).find(([name]) => /^[A-Z]\w*Client$/.test(name)) ?? [];
  const client: unknown = Reflect.construct(Client, [{ maxAttempts: 1 }]);
  if (!isObject(client) || typeof client['send'] !== 'function')
    throw new TypeError('The package has no client.');
  const { send } = client;
  return async (operation, input) => {
    const Command: unknown = Reflect.get(clientPackage, `${operation}Command`);
    if (typeof Command !== 'function') throw new TypeError(`The SDK does not know ${operation}.`);
    return Reflect.apply(send, client, [Reflect.construct(Command, [input])]);
  };
};

/** AWS's refusal in the words of the simulator's services; whatever is none is thrown as it is. */
const refusal = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status = isObject(metadata) ? metadata['httpStatusCode'] : undefined;
  return typeof status === 'number' ? new ServiceError(error.name, error.message, {}, status) : error;
};

/** A service that hands every call on to AWS. */
const forwarding = (signingName: string, clientPackage: object, allowWrites: boolean): Service => {
  const model = modelOf(signingName);
  let send: Send | undefined;
  return {
    signingName,
    operation: (name) => model.operation(name),
    operations: () => model.operations(),
    problem: (error) => model.problem(error),
    async answer({ operation }, input) {
      if (!allowWrites && !reading.test(operation))
        throw new WouldWrite(`it would call ${signingName} ${operation}, which changes something`);
      send ??= sender(clientPackage);
      try {
        const output = await send(operation, input);
        return isObject(output) ? { ...output, $metadata: undefined } : output;
      } catch (error) {
        throw refusal(error);
      }
    },
  };
};

interface Circumstances {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly allowWrites: boolean;
}

const nothing = (): void => {};

/** Calls a function in the account of the default credentials, and records it. */
export const recordFromAws = async (
  name: FunctionName,
  event: Json,
  { environment, allowWrites }: Circumstances,
): Promise<Recording> => {
  const tape = new Tape();
  const services = Object.entries(clientPackages).map(([service, clientPackage]) =>
    forwarding(service, clientPackage, allowWrites),
  );
  const endpoint = new Endpoint(services, { around: tape.around, onBug: nothing });
  const runtime = {
    clientConfiguration: {
      region: await new DirectoryServiceClient().config.region(),
      requestHandler: endpoint.requestHandler(),
      maxAttempts: 1 as const,
      credentials: { accessKeyId: 'AKIARECORDED00000000', secretAccessKey: 'handed-on' },
    },
    environment,
    now: () => new Date(),
    connect: () => Promise.reject(new Error('The exchange with a database is recorded in the simulator only.')),
    log: { debug: nothing, info: nothing, error: nothing },
  };
  return invocation(name, event, runtime, tape);
};
