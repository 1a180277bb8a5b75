import { connect as connectTo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { SqlSession } from '../../functions/database/sql-session.ts';
import { CertificateAuthority } from '../../simulator/sql-server/certificate-authority.ts';
import { SqlServer } from '../../simulator/sql-server/sql-server.ts';

export const endpoint = 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com';
export const masterUser = { username: 'admin', password: 'S3cret-of-the-master' };

/** A server as RDS would run it, closed when the test is over, and how to get to it. */
export const sqlInstance = async (difference: Partial<ConstructorParameters<typeof SqlServer>[0]> = {}) => {
  const ca = new CertificateAuthority();
  const server = new SqlServer({
    ca,
    hostName: endpoint,
    masterUser: masterUser.username,
    masterPassword: () => masterUser.password,
    lookUp: () => 'found',
    now: () => 0,
    ...difference,
  });
  const port = await server.listen();
  onTestFinished(() => server.close());
  const sockets: Socket[] = [];
  return {
    server,
    port,
    authorities: ca.certificatePem,
    /** Every connection that was made to it. */
    sockets,
    connect: async (): Promise<Socket> => {
      const socket = await openSocket(port);
      sockets.push(socket);
      return socket;
    },
  };
};

export type Instance = Awaited<ReturnType<typeof sqlInstance>>;

export const openSocket = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connectTo(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });

/** A session with it, closed when the test is over. */
export const openSession = async (
  { port, authorities, connect }: Instance,
  user = masterUser,
): Promise<SqlSession> => {
  const session = await SqlSession.open({ host: endpoint, port, ...user, authorities, connect });
  onTestFinished(() => session.close());
  return session;
};
