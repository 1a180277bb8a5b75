import { Readable } from 'node:stream';
import { type HttpHandler, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { AnswerCutOff } from './answer-cut-off.ts';
import { bytesOf, type WireRequest, type WireResponse } from './message.ts';

const bytes = (body: unknown): Uint8Array => {
  // The SDK's own class of bytes warns when it is taken for text, so only a plain view of it is handed on.
  if (body instanceof Uint8Array) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (typeof body === 'string') return bytesOf(body);
  if (body === undefined || body === null) return new Uint8Array();
  throw new TypeError('The simulator takes no streamed request bodies; send a string or bytes.');
};

const queryOf = ({ query }: HttpRequest): URLSearchParams => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of [value ?? ''].flat()) parameters.append(name, each);
  return parameters;
};

const received = (request: HttpRequest): WireRequest => ({
  method: request.method,
  path: request.path,
  query: queryOf(request),
  headers: request.headers,
  body: bytes(request.body),
});

/** A body in whose midst the connection is lost. */
const cutOff = (error: AnswerCutOff): Readable =>
  new Readable({
    read() {
      this.destroy(error);
    },
  });

/** A door without sockets, for SDK clients in the same process. */
export const requestHandler = (answer: (request: WireRequest) => Promise<WireResponse>): HttpHandler => ({
  metadata: { handlerProtocol: 'http/1.1' },
  async handle(request) {
    try {
      const { status, headers, body } = await answer(received(request));
      return { response: new HttpResponse({ statusCode: status, headers: { ...headers }, body }) };
    } catch (error) {
      if (!(error instanceof AnswerCutOff)) throw error;
      return { response: new HttpResponse({ statusCode: 200, body: cutOff(error) }) };
    }
  },
  updateHttpClientConfig() {},
  httpHandlerConfigs: () => ({}),
});
