import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { put } from '../../../functions/support/put.ts';

interface Seen {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

const read = async (request: IncomingMessage): Promise<Seen> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return { method: request.method, contentType: request.headers['content-type'], body };
};

describe('put', () => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void read(request).then((each) => {
      seen.push(each);
      response.writeHead(request.url === '/refused' ? 403 : 200).end();
    });
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('sends the body by PUT, and no Content-Type: the URL is signed for none', async () => {
    expect(await put(`${url}/`, '{"Status":"SUCCESS","Reason":"Müller"}')).toBe(200);

    expect(seen).toEqual([
      { method: 'PUT', contentType: undefined, body: '{"Status":"SUCCESS","Reason":"Müller"}' },
    ]);
  });

  it('gives the status of a refusal', async () => {
    expect(await put(`${url}/refused`, '{}')).toBe(403);
  });

  it('throws where nobody answers', async () => {
    await expect(put('http://127.0.0.1:1/', '{}')).rejects.toThrow();
  });
});
