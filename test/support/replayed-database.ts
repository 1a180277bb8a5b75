import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Recording } from '../../scripts/record/recording.ts';
import { placeholder } from '../../scripts/record/redact.ts';
import { CertificateAuthority } from '../../simulator/sql-server/certificate-authority.ts';
import { SqlError } from '../../simulator/sql-server/sql-error.ts';
import { SqlServer } from '../../simulator/sql-server/sql-server.ts';
import { ConnectionLost } from '../../simulator/wire/connection-lost.ts';
import { Script } from './script.ts';
import { openSocket } from './sql-instance.ts';

type RecordedStatement = NonNullable<Recording['statements']>[number];

const userSchema = z.object({ username: z.string() });

/** Who the recorded function logged in as: the user of the secret that it read. */
const userIn = ({ calls }: Recording): string => {
  for (const call of calls)
    if (call.operation === 'GetSecretValue' && 'output' in call) {
      const { SecretString } = z.object({ SecretString: z.string() }).parse(call.output);
      return userSchema.parse(JSON.parse(SecretString)).username;
    }
  return '';
};

/** A database as it was recorded, on loopback: it takes one connection and knows one answer at a time. */
export class ReplayedDatabase {
  readonly script: Script<RecordedStatement>;
  readonly certificateFile: string;
  readonly #recording: Recording;
  readonly #folder: string;
  readonly #server: SqlServer | null;

  private constructor(recording: Recording, folder: string, authority: CertificateAuthority) {
    const { connection, statements = [] } = recording;
    this.#recording = recording;
    this.#folder = folder;
    this.certificateFile = join(folder, 'authorities.pem');
    this.script = new Script('statement', statements, ({ sql }) => sql);
    this.#server =
      connection === undefined || connection.error !== undefined
        ? null
        : new SqlServer({
            ca: authority,
            hostName: connection.host,
            masterUser: userIn(recording),
            masterPassword: () => placeholder,
            lookUp: () => 'unknown',
            now: () => 0,
            around: (sql) => this.#answer(sql),
          });
  }

  static async of(recording: Recording): Promise<ReplayedDatabase> {
    const folder = await mkdtemp(join(tmpdir(), 'forestbridge-'));
    const authority = new CertificateAuthority();
    const database = new ReplayedDatabase(recording, folder, authority);
    await writeFile(database.certificateFile, authority.certificatePem);
    return database;
  }

  async connect(host: string, port: number): Promise<Socket> {
    const { connection } = this.#recording;
    if (connection?.host !== host || connection.port !== port)
      throw this.script.fail(`The connection to ${host}:${port} was not recorded.`);
    if (connection.error !== undefined)
      throw Object.assign(new Error(connection.error.message), { code: connection.error.code });
    if (this.#server === null) throw this.script.fail('There is no server.');
    return openSocket(await this.#server.listen());
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await rm(this.#folder, { recursive: true });
  }

  #answer(sql: string) {
    const recorded = this.#next(sql);
    if ('error' in recorded) throw new SqlError(recorded.error.number, 16, recorded.error.message);
    if ('lost' in recorded) throw new ConnectionLost();
    const { columns, rows } = recorded;
    return columns === undefined || rows === undefined ? undefined : { columns, rows };
  }

  #next(sql: string): RecordedStatement {
    try {
      return this.script.next(sql, () => []);
    } catch (error) {
      throw new SqlError(50_000, 16, String(error));
    }
  }
}
