import { createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from 'node:tls';
import { ConnectionLost } from '../wire/connection-lost.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import { readLogin } from './login.ts';
import { isSessionSetting, type Login, type LookUp, MasterDatabase, type Table } from './master-database.ts';
import { failed, loggedIn, succeeded } from './responses.ts';
import { loginFailed, SqlError } from './sql-error.ts';
import {
  Debug,
  IncomingMessageStream,
  Message,
  messageType,
  OutgoingMessageStream,
} from './tedious-internals.ts';
import { TlsTunnel } from './tls-tunnel.ts';

/** Carries a statement out, or does something else with it: where it throws ConnectionLost, the session ends without an answer. */
export type AroundStatement = (sql: string, answer: () => Table | undefined) => Table | undefined;

interface Definition {
  readonly ca: CertificateAuthority;
  /** The endpoint's name, which its certificate carries. */
  readonly hostName: string;
  readonly masterUser: string;
  masterPassword(): string;
  readonly lookUp: LookUp;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Every statement goes through it: it may write down what is answered, or answer itself. */
  readonly around?: AroundStatement;
}

type IncomingMessage = InstanceType<typeof Message>;

/** The SQL port of one simulated instance, on loopback: TDS 7.4, encryption required, one master user. */
export class SqlServer {
  readonly #definition: Definition;
  readonly #database: MasterDatabase;
  readonly #sockets = new Set<Socket>();
  readonly #tls: TlsServer;
  readonly #server: Server;

  constructor(definition: Definition) {
    this.#definition = definition;
    this.#database = new MasterDatabase(definition.lookUp, definition.now);
    const { certificatePem, keyPem } = definition.ca.issue(definition.hostName);
    this.#tls = createTlsServer({ cert: certificatePem, key: keyPem, maxVersion: 'TLSv1.2' }, (socket) => {
      // A client that goes away in the middle of a message is no matter of the server's.
      this.#serve(socket).catch(() => socket.destroy());
    });
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      this.#tls.emit('connection', new TlsTunnel(socket));
    });
  }

  /** The Windows logins, in the order in which they were made. */
  get logins(): readonly Login[] {
    return this.#database.logins;
  }

  /** Opens a port and gives its number. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
    return address.port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(socket: TLSSocket): Promise<void> {
    const debug = new Debug();
    await pipeline(
      socket,
      new IncomingMessageStream(debug),
      (messages: AsyncIterable<IncomingMessage>) => this.#answers(messages),
      new OutgoingMessageStream(debug, { packetSize: 4096 }),
      socket,
    );
  }

  async *#answers(messages: AsyncIterable<IncomingMessage>) {
    let knowsUser = false;
    for await (const message of messages) {
      const content = await buffer(message);
      const answer = new Message({ type: messageType.tabularResult });
      if (message.type === messageType.login7) {
        const { user, password } = readLogin(content);
        knowsUser = user === this.#definition.masterUser && password === this.#definition.masterPassword();
        answer.end(knowsUser ? loggedIn() : failed(loginFailed(user)));
      } else if (knowsUser && message.type === messageType.sqlBatch) {
        const answered = this.#run(content);
        if (answered === null) return;
        answer.end(answered);
      } else return;
      yield answer;
    }
  }

  #run(batch: Buffer): Buffer | null {
    const sql = batch.subarray(batch.readUInt32LE(0)).toString('utf16le');
    const answer = () => this.#database.run(sql);
    const { around } = this.#definition;
    try {
      return succeeded(around === undefined || isSessionSetting(sql) ? answer() : around(sql, answer));
    } catch (error) {
      if (error instanceof ConnectionLost) return null;
      return failed(error instanceof SqlError ? error : bug(error));
    }
  }
}

const bug = (error: unknown): SqlError => {
  console.error('The simulator failed in SQL Server:', error);
  return new SqlError(50000, 16, `The simulator failed: ${String(error)}`);
};
