import type { HttpHandler } from '@smithy/core/protocols';
import { ConnectionLost } from './connection-lost.ts';
import { type Listening, listen } from './listen.ts';
import type { WireRequest, WireResponse } from './message.ts';
import type { Call } from './operations.ts';
import { problemOf } from './protocol.ts';
import { protocolOf } from './protocol-of.ts';
import { requestHandler } from './request-handler.ts';
import { type Service, unknownOperation } from './service.ts';
import { ServiceError } from './service-error.ts';
import { signatureOf } from './signature.ts';

export interface EndpointOptions {
  /**
   * Every call goes through it: it may count, refuse by a ServiceError, answer twice, or lose the answer by
   * throwing ConnectionLost, or its body alone by AnswerCutOff.
   */
  readonly around?: (
    call: Call & { readonly input: unknown },
    answer: () => Promise<unknown>,
  ) => Promise<unknown>;
  /** Told of what a handler threw that is no ServiceError; by default it is printed to stderr. */
  readonly onBug?: (error: unknown, call: Call) => void;
}

const print = (error: unknown, { service, operation }: Call): void =>
  console.error(`The simulator failed in ${service} ${operation}:`, error);

/** AWS's front door: finds the service by the signature and the operation by the protocol, and writes the answer. */
export class Endpoint {
  readonly #services: ReadonlyMap<string, Service>;
  readonly #around: NonNullable<EndpointOptions['around']>;
  readonly #onBug: NonNullable<EndpointOptions['onBug']>;
  #requests = 0;

  constructor(services: readonly Service[], { around, onBug }: EndpointOptions = {}) {
    this.#services = new Map(services.map((service) => [service.signingName, service]));
    this.#around = around ?? ((_call, answer) => answer());
    this.#onBug = onBug ?? print;
  }

  /** For SDK clients in the same process. */
  requestHandler(): HttpHandler {
    return requestHandler((request) => this.#answer(request));
  }

  /** For everybody else, on the loopback interface. */
  listen(port: number): Promise<Listening> {
    return listen((request) => this.#answer(request), port);
  }

  async #answer(request: WireRequest): Promise<WireResponse> {
    const requestId = this.#nextRequestId();
    const signature = signatureOf(request);
    const service = this.#services.get(signature.service);
    const protocol = protocolOf(request, signature.service);
    const name = protocol.nameOf(request, () => service?.operations() ?? []);
    const call: Call = { ...signature, operation: name };
    try {
      if (signature.service === '') throw unsigned();
      const operation = service?.operation(name);
      if (service === undefined || operation === undefined) throw unknownOperation(call);
      const input = protocol.read(operation, request);
      const output = await this.#around({ ...call, input }, () => service.answer(call, input));
      return protocol.reply(operation, output, requestId);
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      const known = error instanceof ServiceError ? error : this.#bug(error, call);
      return protocol.refuse(service?.problem(known) ?? problemOf(known), requestId);
    }
  }

  #bug(error: unknown, call: Call): ServiceError {
    this.#onBug(error, call);
    const message = error instanceof Error ? error.message : String(error);
    return new ServiceError('InternalFailure', message, {}, 500);
  }

  #nextRequestId(): string {
    this.#requests += 1;
    return `00000000-0000-4000-8000-${this.#requests.toString(16).padStart(12, '0')}`;
  }
}

const unsigned = (): ServiceError =>
  new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', {}, 403);
