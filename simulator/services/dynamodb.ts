import { EventEmitter } from 'node:events';
import dynalite from 'dynalite';
import { bytesOf, type WireRequest, type WireResponse } from '../wire/message.ts';
import { rawService, type Service } from '../wire/service.ts';

type Done = (response: WireResponse) => void;

/** As much of an HTTP request as the emulator reads. */
class Request extends EventEmitter {
  readonly method: string;
  readonly url: string;
  readonly headers: WireRequest['headers'];

  constructor({ method, path, headers }: WireRequest) {
    super();
    this.method = method;
    this.url = path;
    this.headers = headers;
  }
}

/** As much of an HTTP response as the emulator writes. */
class Response {
  statusCode = 200;
  readonly #headers: Record<string, string> = {};
  readonly #done: Done;

  constructor(done: Done) {
    this.#done = done;
  }

  setHeader(name: string, value: string | number): void {
    this.#headers[name.toLowerCase()] = String(value);
  }

  end(body = ''): void {
    this.#done({ status: this.statusCode, headers: this.#headers, body: bytesOf(body) });
  }
}

const makesTable = ({ headers }: WireRequest): boolean =>
  headers['x-amz-target']?.endsWith('.CreateTable') ?? false;

/** The emulator lets a table exist by a timer of no time, set before it answers: this one fires after it. */
const later =
  (done: Done): Done =>
  (response) =>
    void setTimeout(done, 0, response);

/** DynamoDB: an emulator in memory, which is spoken to without a socket. */
export const dynamodb = (): Service => {
  const emulator = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return rawService(
    'dynamodb',
    (given) =>
      new Promise((resolve) => {
        const request = new Request(given);
        emulator.emit('request', request, new Response(makesTable(given) ? later(resolve) : resolve));
        request.emit('data', Buffer.from(given.body));
        request.emit('end');
      }),
  );
};
