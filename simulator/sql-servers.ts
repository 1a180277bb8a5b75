import { connect, type Socket } from 'node:net';
import { CertificateAuthority } from './sql-server/certificate-authority.ts';
import { type AroundStatement, SqlServer } from './sql-server/sql-server.ts';
import type { Instance } from './world/databases.ts';
import { known } from './world/network/known.ts';
import type { Place } from './world/network.ts';
import type { World } from './world/world.ts';

const refused = (host: string, reason: string): Error =>
  Object.assign(new Error(`connect ECONNREFUSED ${host}: ${reason}`), { code: 'ECONNREFUSED' });

/** The SQL ports of a world's instances: each a server on loopback, found by AWS's name for it. */
export class SqlServers {
  /** Where the login function stands; until it stands somewhere, no port is open to it. */
  client: Place | null = null;
  /** Every statement to any of them goes through it. */
  around: AroundStatement = (_sql, answer) => answer();
  readonly #world: World;
  readonly #authority = new CertificateAuthority();
  readonly #servers = new Map<Instance, { readonly server: SqlServer; readonly port: Promise<number> }>();

  constructor(world: World) {
    this.#world = world;
  }

  get certificatePem(): string {
    return this.#authority.certificatePem;
  }

  /** The server of an instance that was connected to before. */
  serverOf(identifier: string): SqlServer | undefined {
    const instance = this.#world.databases.find(identifier);
    return instance === undefined ? undefined : this.#servers.get(instance)?.server;
  }

  /** Connects as the login function would: where no rule lets it in, or nothing answers, it is refused. */
  async connect(host: string, port: number): Promise<Socket> {
    const instance = this.#world.databases.answering(host);
    if (instance === undefined || instance.port !== port) throw refused(host, 'nothing answers there');
    if (this.client === null) throw refused(host, 'the login function stands in no subnet');
    const to = known(this.#world.network.interfaces, instance.interfaceId);
    const reached = this.#world.network.reaches(this.client, to, { protocol: 'tcp', port });
    if (reached !== true) throw refused(host, reached);
    return open(await this.#portOf(instance, host));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map(({ server }) => server.close()));
  }

  #portOf(instance: Instance, hostName: string): Promise<number> {
    const running = this.#servers.get(instance);
    if (running !== undefined) return running.port;
    const server = new SqlServer({
      ca: this.#authority,
      hostName,
      masterUser: instance.masterUsername,
      masterPassword: () => instance.masterPassword,
      now: () => this.#world.clock.now(),
      lookUp: (name) => this.#world.lookUp(instance, name),
      around: (sql, answer) => this.around(sql, answer),
    });
    const port = server.listen();
    this.#servers.set(instance, { server, port });
    return port;
  }
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
