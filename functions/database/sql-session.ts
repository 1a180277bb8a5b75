import type { Socket } from 'node:net';
import { Connection, ConnectionError, Request, RequestError } from 'tedious';

const secondsToConnect = 10;
const secondsToLogIn = 15;
// SQL Server is slow to look a name up through a trust whose domain controllers do not answer.
const secondsToAnswer = 60;

interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** PEM certificates, one of which must have issued the server's. */
  readonly authorities: string;
  readonly connect: (host: string, port: number) => Promise<Socket>;
}

type Row = readonly (string | null)[];

interface Column {
  readonly value: unknown;
}

const connectInTime = async ({ connect, host, port }: Endpoint): Promise<Socket> => {
  const connecting = connect(host, port);
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(new Error(`no connection within ${secondsToConnect} seconds`));
    connecting.then(
      (late) => late.destroy(),
      () => undefined,
    );
  }, secondsToConnect * 1000);
  try {
    return await Promise.race([connecting, deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** A session with a SQL Server as one of its SQL users, over TLS that proves the server's name. */
export class SqlSession {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open(endpoint: Endpoint): Promise<SqlSession> {
    const { host, port, username, password, authorities } = endpoint;
    const connection = new Connection({
      server: host,
      authentication: { type: 'default', options: { userName: username, password } },
      options: {
        port,
        database: 'master',
        appName: 'Forestbridge',
        encrypt: true,
        trustServerCertificate: false,
        cryptoCredentialsDetails: { ca: authorities },
        connector: () => connectInTime(endpoint),
        connectTimeout: secondsToLogIn * 1000,
        requestTimeout: secondsToAnswer * 1000,
        maxRetriesOnTransientErrors: 0,
      },
    });
    // A connection that is lost between two queries fails the next one; unheard, it would end the process.
    connection.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error === undefined ? resolve() : reject(error)));
    });
    return new SqlSession(connection);
  }

  /** Runs one statement and gives its rows, in the order of its columns. */
  query(sql: string): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      const rows: Row[] = [];
      const request = new Request(sql, (error) => (error ? reject(error) : resolve(rows)));
      request.on('row', (columns: readonly Column[]) => {
        rows.push(columns.map(({ value }) => (typeof value === 'string' ? value : null)));
      });
      this.#connection.execSqlBatch(request);
    });
  }

  close(): void {
    this.#connection.close();
  }
}

const tlsFaults = /^(ERR_SSL|ERR_TLS|EPROTO$)|CERT|ISSUER|SIGNATURE|_CA$/;

/** Whether a session could not be opened because the server is not there or is just starting, which may pass. */
export const isOutOfReach = (error: unknown): boolean => {
  if (!(error instanceof ConnectionError) || !['ESOCKET', 'ETIMEOUT'].includes(error.code ?? ''))
    return false;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return !tlsFaults.test(code);
};

/** The number of the error that SQL Server answered a statement with; none where it did not answer. */
export const sqlErrorNumber = (error: unknown): number | undefined =>
  error instanceof RequestError ? error.number : undefined;
