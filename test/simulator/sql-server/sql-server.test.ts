import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ConnectionLost } from '../../../simulator/wire/connection-lost.ts';
import { create, find } from '../../support/login-statements.ts';
import { openSession, openSocket, sqlInstance } from '../../support/sql-instance.ts';

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

  it('answers in as many packets as it takes', async () => {
    const session = await openSession(await sqlInstance());
    const name = `CORP\\${'x'.repeat(9000)}`;

    await session.query(create(name));

    await expect(session.query(create(name))).rejects.toThrow(`'${name}' already exists`);
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

  it('ends its connections when it is closed', async () => {
    const instance = await sqlInstance();
    const session = await openSession(instance);

    await instance.server.close();

    await expect(session.query(find('CORP\\Ann'))).rejects.toMatchObject({
      code: expect.stringMatching(/^(ECONN|EPIPE)/),
    });
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
