import { once } from 'node:events';
import { Connection, type ConnectionOptions, Request } from 'tedious';
import { describe, expect, it } from 'vitest';
import { SqlSession } from '../../../functions/database/sql-session.ts';
import { CertificateAuthority } from '../../../simulator/sql-server/certificate-authority.ts';
import { endpoint, type Instance, masterUser, openSession, sqlInstance } from '../../support/sql-instance.ts';

const connection = ({ port, connect }: Instance, options: ConnectionOptions): Connection => {
  const client = new Connection({
    server: endpoint,
    authentication: {
      type: 'default',
      options: { userName: masterUser.username, password: masterUser.password },
    },
    options: { port, connector: connect, ...options },
  });
  client.connect();
  return client;
};

describe('SqlServer', () => {
  it('says that its master user did not come by Kerberos', async () => {
    const session = await openSession(await sqlInstance());

    const rows = await session.query(
      'SELECT auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID',
    );

    expect(rows).toEqual([['SQL']]);
  });

  it.each([
    ['password', { ...masterUser, password: 'another' }],
    ['user', { ...masterUser, username: 'sa' }],
  ])('lets nobody in with another %s', async (_, user) => {
    const instance = await sqlInstance();

    const opening = openSession(instance, user);

    await expect(opening).rejects.toMatchObject({
      code: 'ELOGIN',
      message: `Login failed for user '${user.username}'.`,
    });
  });

  it('asks for encryption', async () => {
    const instance = await sqlInstance();

    const [error] = await once(connection(instance, { encrypt: false }), 'connect');

    expect(error).toMatchObject({ code: 'EENCRYPT' });
  });

  it('hangs up on whoever sends anything but batches', async () => {
    const instance = await sqlInstance();
    const client = connection(instance, { cryptoCredentialsDetails: { ca: instance.authorities } });
    await once(client, 'connect');

    client.execSql(new Request('DROP LOGIN [CORP\\Ann]', () => undefined));
    const [error] = await once(client, 'error');

    expect(error).toMatchObject({ code: 'ESOCKET' });
  });

  it('runs nothing for whoever has not logged in', async () => {
    const instance = await sqlInstance();
    const client = connection(instance, { cryptoCredentialsDetails: { ca: instance.authorities } });
    Reflect.set(client, 'sendLogin7Packet', Reflect.get(client, 'sendInitialSql'));

    const [error] = await once(client, 'connect');

    expect(error).toMatchObject({ code: 'ESOCKET' });
  });

  it('proves its name by a certificate of its authority', async () => {
    const instance = await sqlInstance();

    const opening = openSession({ ...instance, authorities: new CertificateAuthority().certificatePem });

    await expect(opening).rejects.toMatchObject({ code: 'ESOCKET' });
  });

  it.each([
    ['no TDS', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a packet without a length', Buffer.from([0x12, 1, 0, 0, 0, 0, 0, 0, 0x12, 1, 0, 0, 0, 0, 0, 0])],
    ['a login before encryption', Buffer.from([0x10, 1, 0, 9, 0, 0, 1, 0, 0])],
  ])('ends a connection that brings %s and serves the next', async (_, bytes) => {
    const instance = await sqlInstance();
    const socket = await instance.connect();

    socket.end(bytes);
    socket.resume();
    await once(socket, 'close');

    await expect(openSession(instance)).resolves.toBeInstanceOf(SqlSession);
  });
});
