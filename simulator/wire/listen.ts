import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { AnswerCutOff } from './answer-cut-off.ts';
import { ConnectionLost } from './connection-lost.ts';
import type { WireRequest, WireResponse } from './message.ts';

export interface Listening {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const received = async (message: IncomingMessage): Promise<WireRequest> => {
  const [path = '/', query = ''] = (message.url ?? '/').split('?', 2);
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    [value ?? ''].flat().join(', '),
  ]);
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: await buffer(message),
  };
};

/** A door on the loopback interface, for any SDK and the AWS CLI; port 0 is any free one. */
export const listen = (
  answer: (request: WireRequest) => Promise<WireResponse>,
  port: number,
): Promise<Listening> => {
  const server = createServer((message, response) => {
    void received(message)
      .then(answer)
      .then(
        ({ status, headers, body }) =>
          response.writeHead(status, { ...headers, 'content-length': body.length }).end(body),
        (error: unknown) => {
          if (!(error instanceof ConnectionLost)) console.error('The simulator has no answer:', error);
          if (error instanceof AnswerCutOff) {
            response.writeHead(200, { 'content-length': 1 }).flushHeaders();
            message.socket.destroySoon();
          } else message.socket.destroy();
        },
      );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        url: `http://127.0.0.1:${bound}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
};
