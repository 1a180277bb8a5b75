import { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import type { FunctionName } from '../../functions/functions.ts';
import { isObject, type Json } from '../../simulator/states/data/json.ts';
import type { Call } from '../../simulator/wire/operations.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { invocationAt } from './invocation.ts';
import type { Recording } from './recording.ts';
import { clientPackages, servicesBy } from './services.ts';

const reading = /^(Describe|Get|List|Query)/;

/** What is not to be recorded from an account, and why. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
}

type Send = (operation: string, input: unknown) => Promise<unknown>;

/** Calls AWS by one of the SDK's packages, as whoever the credentials belong to. */
const sender = (service: string): Send => {
  const clientPackage = clientPackages[service] ?? {};
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

/** Hands every call on to AWS, by one client a service. */
const forwarding = (allowWrites: boolean) => {
  const senders = new Map<string, Send>();
  return async ({ service, operation }: Call, input: unknown): Promise<unknown> => {
    if (!allowWrites && !reading.test(operation))
      throw new NotRecorded(
        `it would call ${service} ${operation}, which changes something; --allow-writes lets it`,
      );
    const send = senders.get(service) ?? sender(service);
    senders.set(service, send);
    try {
      const output = await send(operation, input);
      return isObject(output) ? { ...output, $metadata: undefined } : output;
    } catch (error) {
      throw refusal(error);
    }
  };
};

interface Circumstances {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly allowWrites: boolean;
}

/** Calls a function in the account of the default credentials, and records it. */
export const recordFromAws = async (
  name: FunctionName,
  event: Json,
  { environment, allowWrites }: Circumstances,
): Promise<Recording> =>
  invocationAt(name, event, servicesBy(forwarding(allowWrites)), {
    region: await new DirectoryServiceClient().config.region(),
    environment,
    now: () => new Date(),
    connect: () =>
      Promise.reject(new NotRecorded('what it asks of a database is recorded in the simulator alone')),
    put: () => Promise.reject(new NotRecorded('whom it tells is recorded in the simulator alone')),
  });
