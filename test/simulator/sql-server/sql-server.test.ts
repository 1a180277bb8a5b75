import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Connection, type ConnectionOptions, Request } from 'tedious';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SqlSession } from '../../../functions/database/sql-session.ts';
import { CertificateAuthority } from '../../../simulator/sql-server/certificate-authority.ts';
import { ConnectionLost } from '../../../simulator/wire/connection-lost.ts';
import { endpoint, masterUser, openSocket, sqlInstance } from '../../support/sql-instance.ts';

type Instance = Awaited<ReturnType<typeof sqlInstance>>;

const openSession = async (
  { port, authorities, connect }: Instance,
  user = masterUser,
): Promise<SqlSession> => {
  const session = await SqlSession.open({ host: endpoint, port, ...user, authorities, connect });
  onTestFinished(() => session.close());
  return session;
};

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

const create = (name: string): string =>
  `CREATE LOGIN [${name}] FROM WINDOWS WITH DEFAULT_DATABASE = [master]`;
const addTo = (role: string, name: string): string => `ALTER SERVER ROLE [${role}] ADD MEMBER [${name}]`;
const find = (name: string): string =>
  `SELECT login.name AS login, role.name AS server_role,
     CONVERT(varchar(12), DATEDIFF(second, login.create_date, GETDATE())) AS age
   FROM sys.server_principals AS login
   LEFT JOIN sys.server_role_members AS member ON member.member_principal_id = login.principal_id
   LEFT JOIN sys.server_principals AS role ON role.principal_id = member.role_principal_id
   WHERE login.name = N'${name}'`;

describe('SqlServer', () => {
  it('ends the session of a statement whose answer is lost, which was carried out', async () => {
    const instance = await sqlInstance({
      around: (_sql, answer) => {
        answer();
        throw new ConnectionLost();
      },
    });
    const session = await openSession(instance);

    await expect(session.query(create('CORP\\Admins'))).rejects.toThrow(/socket hang up|lost/i);
    expect(instance.server.logins).toEqual([{ name: 'CORP\\Admins', serverRoles: [] }]);
  });

  it('keeps the Windows logins and their server roles', async () => {
    const instance = await sqlInstance();
    const session = await openSession(instance);

    await session.query(create('CORP\\Admins'));
    await session.query(create('CORP\\Readers'));
    await session.query(addTo('setupadmin', 'CORP\\Admins'));
    await session.query(addTo('ProcessAdmin', 'corp\\admins'));
    await session.query(addTo('setupadmin', 'CORP\\Admins'));

    expect(instance.server.logins).toEqual([
      { name: 'CORP\\Admins', serverRoles: ['setupadmin', 'processadmin'] },
      { name: 'CORP\\Readers', serverRoles: [] },
    ]);
    expect(await session.query(find('corp\\ADMINS'))).toEqual([
      ['CORP\\Admins', 'setupadmin', '0'],
      ['CORP\\Admins', 'processadmin', '0'],
    ]);
    expect(await session.query(find('CORP\\Readers'))).toEqual([['CORP\\Readers', null, '0']]);
    expect(await session.query(find('CORP\\Nobody'))).toEqual([]);
  });

  it.each(['ANN', "CORP\\O'Brien", 'CORP\\a]b', 'CORP\\Жанна 🦉'])(
    'answers with names as they are: %s',
    async (name) => {
      const lookUp = vi.fn(() => 'unknown' as const);
      const session = await openSession(await sqlInstance({ lookUp }));

      const answer = session.query(create(`X\\${name}`.replaceAll(']', ']]')));

      await expect(answer).rejects.toThrow(`'X\\${name}' not found`);
      expect(lookUp).toHaveBeenCalledExactlyOnceWith(`X\\${name}`);
    },
  );

  it.each([
    [
      'a name that nobody knows',
      create('CORP\\Nobody'),
      15401,
      "Windows NT user or group 'CORP\\Nobody' not found. Check the name again.",
    ],
    [
      'a name whose domain does not answer',
      create('FAR\\Away'),
      15401,
      "Windows NT user or group 'FAR\\Away' not found. Check the name again.",
    ],
    ['a login that exists', create('corp\\ann'), 15025, "The server principal 'corp\\ann' already exists."],
    [
      'a name without a domain',
      create('ann@corp'),
      15407,
      "'ann@corp' is not a valid Windows NT name. Give the complete name: <domain\\username>.",
    ],
    [
      'a role that its master user may not give',
      addTo('sysadmin', 'CORP\\Ann'),
      15151,
      "Cannot alter the server role 'sysadmin', because it does not exist or you do not have permission.",
    ],
    [
      'a member that does not exist',
      addTo('setupadmin', 'CORP\\Bob'),
      15151,
      "Cannot add the server principal 'CORP\\Bob', because it does not exist or you do not have permission.",
    ],
    ['anything else', 'DROP LOGIN [CORP\\Ann]', 102, "Incorrect syntax near 'drop'."],
    [
      'a setting with something else behind it',
      'set nocount on; DROP LOGIN [CORP\\Ann]',
      102,
      "Incorrect syntax near 'set'.",
    ],
  ])('refuses %s and goes on', async (_, sql, number, message) => {
    const known = new Map<string, 'found' | 'unreachable'>([
      ['CORP\\Ann', 'found'],
      ['FAR\\Away', 'unreachable'],
    ]);
    const instance = await sqlInstance({ lookUp: (name) => known.get(name) ?? 'unknown' });
    const session = await openSession(instance);
    await session.query(create('CORP\\Ann'));

    const answer = session.query(sql);

    await expect(answer).rejects.toMatchObject({ number, message });
    expect(instance.server.logins).toEqual([{ name: 'CORP\\Ann', serverRoles: [] }]);
    expect(await session.query(find('CORP\\Ann'))).toHaveLength(1);
  });

  it('answers in as many packets as it takes', async () => {
    const session = await openSession(await sqlInstance());
    const name = `CORP\\${'x'.repeat(9000)}`;

    await session.query(create(name));

    await expect(session.query(create(name))).rejects.toThrow(`'${name}' already exists`);
  });

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

  it('says where the simulator itself fails', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => print.mockRestore());
    const bug = new TypeError('The world has no forest.');
    const lookUp = () => {
      throw bug;
    };
    const session = await openSession(await sqlInstance({ lookUp }));

    const answer = session.query(create('CORP\\Ann'));

    await expect(answer).rejects.toThrow('The simulator failed: TypeError: The world has no forest.');
    expect(print).toHaveBeenCalledWith('The simulator failed in SQL Server:', bug);
  });

  it('proves its name by a certificate of its authority', async () => {
    const instance = await sqlInstance();

    const opening = openSession({ ...instance, authorities: new CertificateAuthority().certificatePem });

    await expect(opening).rejects.toMatchObject({ code: 'ESOCKET' });
  });

  it('takes what the network makes many pieces of', async () => {
    const instance = await sqlInstance();
    const relay = createServer({ noDelay: true }, (client) => {
      openSocket(instance.port).then(
        (server) => {
          const both = [client, server];
          for (const socket of both) socket.on('error', () => both.forEach((each) => each.destroy()));
          void inPieces(client, server);
          server.pipe(client);
        },
        () => client.destroy(),
      );
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void relay.close());
    await once(relay, 'listening');
    const address = relay.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const session = await openSession({ ...instance, connect: () => openSocket(port) });

    expect(await session.query(find('CORP\\Ann'))).toEqual([]);
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

  it('ends its connections when it is closed', async () => {
    const instance = await sqlInstance();
    const session = await openSession(instance);

    await instance.server.close();

    await expect(session.query(find('CORP\\Ann'))).rejects.toThrow();
    await expect(instance.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('shares nothing with another', async () => {
    const [one, another] = await Promise.all([sqlInstance(), sqlInstance()]);
    const session = await openSession(one);

    await session.query(create('CORP\\Ann'));

    expect(one.server.logins).toHaveLength(1);
    expect(another.server.logins).toEqual([]);
  });
});

const inPieces = async (from: Socket, to: Socket): Promise<void> => {
  for await (const chunk of from)
    for (const byte of Buffer.from(chunk)) {
      to.write(Buffer.from([byte]));
      await nextTurn();
    }
};
