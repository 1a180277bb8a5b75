import { Duplex } from 'node:stream';
import {
  HEADER_LENGTH,
  isPacketComplete,
  messageType,
  Packet,
  PreloginPayload,
  packetLength,
} from './tedious-internals.ts';

const sqlServer2022 = { major: 16, minor: 0, build: 4175, subbuild: 0 };

const asMessage = (type: number, content: Buffer): Buffer => {
  const packet = new Packet(type);
  packet.last(true);
  return packet.addData(content).buffer;
};

type Callback = (error?: Error | null) => void;

/**
 * The stream that TLS runs on in TDS 7.4. It answers the client's PRELOGIN with "encryption required", carries the
 * handshake inside PRELOGIN messages, and everything from the client's first bare record on as it is.
 */
export class TlsTunnel extends Duplex {
  readonly #socket: Duplex;
  #received = Buffer.alloc(0);
  #greeted = false;
  #bare = false;

  constructor(socket: Duplex) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.push(null));
    // Whoever resets the connection ends it; there is nobody to tell.
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  /** TLS may write one flight of its handshake in pieces; it has to be one message. */
  override _writev(pieces: readonly { readonly chunk: Buffer }[], done: Callback): void {
    const content = Buffer.concat(pieces.map(({ chunk }) => chunk));
    this.#socket.write(this.#bare ? content : asMessage(messageType.prelogin, content), done);
  }

  override _final(done: Callback): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: Callback): void {
    this.#socket.destroy();
    done(error);
  }

  #receive(chunk: Buffer): void {
    if (this.#bare) return this.#pass(chunk);
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received[0] === messageType.prelogin) {
      if (!isPacketComplete(this.#received)) return;
      const length = Math.max(HEADER_LENGTH, packetLength(this.#received));
      const content = this.#received.subarray(HEADER_LENGTH, length);
      this.#received = this.#received.subarray(length);
      if (this.#greeted) this.#pass(content);
      else this.#greet();
    }
    if (this.#received.length === 0) return;
    this.#bare = true;
    this.#pass(this.#received);
  }

  #pass(content: Buffer): void {
    if (!this.push(content)) this.#socket.pause();
  }

  #greet(): void {
    this.#greeted = true;
    const { data } = new PreloginPayload({ encrypt: true, version: sqlServer2022 });
    this.#socket.write(asMessage(messageType.tabularResult, data));
  }
}
