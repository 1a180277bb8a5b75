import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { ConnectionError } from 'tedious';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { findLogin } from '../../../functions/database/sql.ts';
import { isOutOfReach, SqlSession, sqlErrorNumber } from '../../../functions/database/sql-session.ts';
import { CertificateAuthority } from '../../../simulator/sql-server/certificate-authority.ts';
import { messageType, Packet, PreloginPayload } from '../../../simulator/sql-server/tedious-internals.ts';
import { endpoint, masterUser, openSocket, sqlInstance } from '../../support/sql-instance.ts';

const authorities = new CertificateAuthority().certificatePem;

/** Opens a session over what `connect` gives, and gives the error that comes of it. */
const failureOf = (connect: () => Promise<Socket>, trusted = authorities): Promise<unknown> =>
  SqlSession.open({ host: endpoint, port: 1433, ...masterUser, authorities: trusted, connect }).then(
    () => undefined,
    (error: unknown) => error,
  );

const portOf = async (onConnection: (socket: Socket) => void): Promise<number> => {
  const server = createServer(onConnection).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

afterEach(() => {
  vi.useRealTimers();
});

describe('SqlSession', () => {
  it('gives up on a server that does not take the connection, and closes what comes late', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { connect } = await sqlInstance();
    const late = Promise.withResolvers<Socket>();

    const error = await failureOf(() => {
      setImmediate(() => vi.advanceTimersByTime(10_000));
      return late.promise;
    });

    expect(error).toMatchObject({ message: expect.stringContaining('no connection within 10 seconds') });
    expect(isOutOfReach(error)).toBe(true);
    const socket = await connect();
    late.resolve(socket);
    await once(socket, 'close');
  });

  it('forgets that limit once it is connected', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { connect, authorities: trusted } = await sqlInstance();
    const session = await SqlSession.open({
      host: endpoint,
      port: 1433,
      ...masterUser,
      authorities: trusted,
      connect,
    });
    onTestFinished(() => session.close());

    vi.advanceTimersByTime(60_000);

    await expect(session.query(findLogin('CORP\\Ann'))).resolves.toEqual([]);
  });

  it('does not mind a connection that fails after it was given up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const late = Promise.withResolvers<Socket>();

    const error = await failureOf(() => {
      setImmediate(() => vi.advanceTimersByTime(10_000));
      return late.promise;
    });
    late.reject(new Error('refused at last'));

    expect(error).toMatchObject({ message: expect.stringContaining('no connection within 10 seconds') });
  });

  it('gives up on a server that takes the connection and says nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const port = await portOf(() => undefined);

    const error = await failureOf(async () => {
      const socket = await openSocket(port);
      setImmediate(() => vi.advanceTimersByTime(15_000));
      return socket;
    });

    expect(error).toMatchObject({ code: 'ETIMEOUT' });
    expect(isOutOfReach(error)).toBe(true);
  });

  it.each([
    ['hangs up at once', (socket: Socket) => socket.destroy()],
    ['resets the connection', (socket: Socket) => socket.resetAndDestroy()],
    ['hangs up when it is spoken to', (socket: Socket) => socket.once('data', () => socket.end())],
  ])('waits for a server that %s', async (_, onConnection) => {
    const port = await portOf(onConnection);

    const error = await failureOf(() => openSocket(port));

    expect(isOutOfReach(error)).toBe(true);
  });

  it('waits for a server that refuses connections', async () => {
    const { port, server } = await sqlInstance();
    await server.close();

    const error = await failureOf(() => openSocket(port));

    expect(isOutOfReach(error)).toBe(true);
  });

  it('trusts no server of another authority, and tells it nothing', async () => {
    const masterPassword = vi.fn(() => masterUser.password);
    const { connect } = await sqlInstance({ masterPassword });

    const error = await failureOf(connect);

    expect(error).toMatchObject({ code: 'ESOCKET' });
    expect(isOutOfReach(error)).toBe(false);
    expect(masterPassword).not.toHaveBeenCalled();
  });

  it('trusts no server of another name, and tells it nothing', async () => {
    const masterPassword = vi.fn(() => masterUser.password);
    const other = await sqlInstance({ masterPassword, hostName: 'billing.example.com' });

    const error = await failureOf(other.connect, other.authorities);

    expect(error).toMatchObject({
      message: expect.stringContaining("does not match certificate's altnames"),
    });
    expect(isOutOfReach(error)).toBe(false);
    expect(masterPassword).not.toHaveBeenCalled();
  });

  it('logs in nowhere without encryption', async () => {
    const { data } = new PreloginPayload({
      encrypt: false,
      version: { major: 16, minor: 0, build: 0, subbuild: 0 },
    });
    const answer = new Packet(messageType.tabularResult);
    answer.last(true);
    answer.addData(data);
    const port = await portOf((socket) => socket.once('data', () => socket.write(answer.buffer)));

    const error = await failureOf(() => openSocket(port));

    expect(error).toMatchObject({ code: 'EENCRYPT' });
    expect(isOutOfReach(error)).toBe(false);
  });

  it('fails the next query, and nothing else, where the connection is lost in between', async () => {
    const { server, connect, authorities: trusted, sockets } = await sqlInstance();
    const session = await SqlSession.open({
      host: endpoint,
      port: 1433,
      ...masterUser,
      authorities: trusted,
      connect,
    });
    await server.close();
    await Promise.all(sockets.map((socket) => finished(socket).catch(() => undefined)));

    const error = await session.query('SELECT 1').catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(Error);
    expect(sqlErrorNumber(error)).toBeUndefined();
  });
});

const caused = (code: string) =>
  new ConnectionError('No.', 'ESOCKET', { cause: Object.assign(new Error('No.'), { code }) });

describe('isOutOfReach', () => {
  it.each([
    ['a socket that ended', new ConnectionError('No.', 'ESOCKET', { cause: new Error('unexpected end') })],
    ['a lost connection', caused('ECONNRESET')],
    ['a name that DNS does not know yet', caused('ENOTFOUND')],
    ['a time-out', new ConnectionError('No.', 'ETIMEOUT')],
  ])('is true of %s', (_, error) => {
    expect(isOutOfReach(error)).toBe(true);
  });

  it.each([
    ['an expired certificate', caused('CERT_HAS_EXPIRED')],
    ['a certificate of nobody', caused('SELF_SIGNED_CERT_IN_CHAIN')],
    ['an unknown issuer', caused('UNABLE_TO_GET_ISSUER_CERT_LOCALLY')],
    ['an unknown signature', caused('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
    ['an issuer that may not issue', caused('INVALID_CA')],
    ['another name', caused('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['no common version of TLS', caused('ERR_SSL_UNSUPPORTED_PROTOCOL')],
    ['no TLS', caused('EPROTO')],
    ['a refused login', new ConnectionError('No.', 'ELOGIN')],
    ['an error without a code', new ConnectionError('No.')],
    ['a missing file', Object.assign(new Error('No.'), { code: 'ENOENT' })],
  ])('is false of %s', (_, error) => {
    expect(isOutOfReach(error)).toBe(false);
  });
});
