import { once } from 'node:events';
import { type Duplex, duplexPair } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TlsTunnel } from '../../../simulator/sql-server/tls-tunnel.ts';

const packet = (...content: readonly number[]): Buffer =>
  Buffer.from([0x12, 1, 0, content.length + 8, 0, 0, 1, 0, ...content]);
const clientHello = [22, 3, 1];
const record = [23, 0x12, 3];

const open = () => {
  const [client, socket] = duplexPair();
  return { client, tunnel: new TlsTunnel(socket) };
};

/** Everything that is there by now. */
const readAll = async (stream: Duplex): Promise<readonly number[]> => {
  await nextTurn();
  const chunk: unknown = stream.read();
  return chunk instanceof Uint8Array ? [...chunk] : [];
};

describe('TlsTunnel', () => {
  it('answers PRELOGIN by itself and asks for encryption', async () => {
    const { client, tunnel } = open();

    client.write(packet(0xff));

    const answer = await readAll(client);
    expect(answer.slice(0, 2)).toEqual([4, 1]);
    // The second option is ENCRYPTION: its place follows its number.
    const [token, high = 0, low = 0] = answer.slice(13);
    expect(token).toBe(1);
    expect(answer[8 + high * 256 + low]).toBe(1);
    expect(await readAll(tunnel)).toEqual([]);
  });

  it('unpacks what the client sends of the handshake, and nothing after it', async () => {
    const { client, tunnel } = open();

    client.write(Buffer.concat([packet(0xff), packet(...clientHello), packet(20, 1), Buffer.from(record)]));
    const first = await readAll(tunnel);
    client.write(packet(1, 2));
    const second = await readAll(tunnel);

    expect(first).toEqual([...clientHello, 20, 1, ...record]);
    expect(second).toEqual([...packet(1, 2)]);
  });

  it.each([1, 7, 8, 9, 12, 18, 19])(
    'waits for the rest of a packet that comes in two pieces (%i)',
    async (cut) => {
      const { client, tunnel } = open();
      const sent = Buffer.concat([packet(0xff), packet(...clientHello)]);

      client.write(sent.subarray(0, cut));
      const early = await readAll(tunnel);
      client.write(sent.subarray(cut));

      expect(early).toEqual([]);
      expect(await readAll(tunnel)).toEqual(clientHello);
    },
  );

  it('packs a flight of the handshake into one packet, in however many pieces it is written', async () => {
    const { client, tunnel } = open();

    tunnel.cork();
    tunnel.write(Buffer.from([22, 1]));
    tunnel.write(Buffer.from([2, 3]));
    tunnel.uncork();

    expect(await readAll(client)).toEqual([...packet(22, 1, 2, 3)].with(0, 0x12));
  });

  it('packs nothing more once the client has stopped', async () => {
    const { client, tunnel } = open();
    client.write(Buffer.from(record));
    await readAll(tunnel);

    tunnel.write(Buffer.from(record));

    expect(await readAll(client)).toEqual(record);
  });

  it('takes no more than is read from it, and loses nothing', async () => {
    const { client, tunnel } = open();
    const chunk = Buffer.alloc(2 ** 16, 23);

    for (let count = 0; count < 32; count += 1) client.write(chunk);
    client.end();
    for (let turn = 0; turn < 100; turn += 1) await nextTurn();
    const waiting = tunnel.readableLength;
    const all = await buffer(tunnel);

    expect(waiting).toBeLessThan(4 * chunk.length);
    expect(all).toHaveLength(32 * chunk.length);
  });

  it('ends when its client ends, and its client when it ends', async () => {
    const one = open();
    const another = open();

    one.client.end();
    one.tunnel.resume();
    another.tunnel.end();
    another.client.resume();

    await Promise.all([once(one.tunnel, 'end'), once(another.client, 'end')]);
  });

  it.each([
    ['is destroyed', undefined],
    ['fails', new Error('reset')],
  ])('is gone when its socket %s', async (_, error) => {
    const [, socket] = duplexPair();
    const tunnel = new TlsTunnel(socket);

    socket.destroy(error);

    await once(tunnel, 'close');
    expect(tunnel.destroyed).toBe(true);
  });
});
