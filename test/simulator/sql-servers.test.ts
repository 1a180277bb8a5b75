import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogin } from '../../functions/database/sql.ts';
import { SqlSession } from '../../functions/database/sql-session.ts';
import { SqlServers } from '../../simulator/sql-servers.ts';
import { subnetIds, vpcId } from '../support/company.ts';
import { memberAccount } from '../support/member-account.ts';

/** Servers for an instance whose group lets the login function in. */
const prepare = () => {
  const account = memberAccount();
  const { network } = account.world;
  const login = network.addSecurityGroup(vpcId, 'login', 'The login function');
  const [rule] = network.addRules(account.group.id, [
    { egress: false, protocol: 'tcp', fromPort: 1433, toPort: 1433, peer: login.id, description: null },
  ]);
  const servers = new SqlServers(account.world);
  onTestFinished(() => servers.close());
  servers.client = network.addInterface(subnetIds[0] ?? '', [login.id], 'The login function');
  return { ...account, servers, rule, host: account.instance.hostName ?? '' };
};

describe('the SQL port of an instance', () => {
  it('is open to the login function, by the name that AWS gives it', async () => {
    const { servers, host, instance } = prepare();
    expect(servers.serverOf(instance.identifier)).toBeUndefined();

    const [one, other] = [await servers.connect(host, 1433), await servers.connect(host, 1433)];

    expect(one.remotePort).toBe(other.remotePort);
    expect(one.remoteAddress).toBe('127.0.0.1');
    expect(servers.serverOf(instance.identifier)?.logins).toEqual([]);
    for (const socket of [one, other]) socket.destroy();
  });

  it.each<[string, string, (account: ReturnType<typeof prepare>) => [string, number] | void]>([
    ['at another port', 'nothing answers there', ({ host }) => [host, 1434]],
    ['under another name', 'nothing answers there', () => ['orders.example.com', 1433]],
    ['while it reboots', 'nothing answers there', ({ world, instance }) => world.databases.reboot(instance)],
    [
      'where the login function stands nowhere',
      'the login function stands in no subnet',
      ({ servers }) => void (servers.client = null),
    ],
    [
      'without the rule for it',
      'no ingress rule for tcp 1433',
      ({ world, group, rule }) => world.network.removeRules(group.id, [rule?.id ?? '']),
    ],
  ])('is closed %s', async (_what, reason, change) => {
    const account = prepare();
    const [host, port] = change(account) ?? [account.host, 1433];

    await expect(account.servers.connect(host, port)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      message: expect.stringContaining(reason),
    });
  });

  it('speaks SQL Server, signed by the certificates that it hands out', async () => {
    const { servers, host, instance } = prepare();
    const statements: string[] = [];
    servers.around = (sql, answer) => {
      statements.push(sql);
      return answer();
    };
    const open = (password: string) =>
      SqlSession.open({
        host,
        port: 1433,
        username: instance.masterUsername,
        password,
        authorities: servers.certificatePem,
        connect: (...to) => servers.connect(...to),
      });

    await expect(open('another')).rejects.toThrow('Login failed');
    const session = await open(instance.masterPassword);
    await session.query(createLogin('CORP\\DBAdmins'));
    await expect(session.query(createLogin('OTHER\\DBAdmins'))).rejects.toMatchObject({
      number: 15_401,
    });
    session.close();

    expect(statements).toHaveLength(2);
    expect(servers.serverOf(instance.identifier)?.logins).toMatchObject([{ name: 'CORP\\DBAdmins' }]);
  });

  it('is open again after a reboot', async () => {
    const { world, servers, host, instance, minutes } = prepare();
    world.databases.reboot(instance);
    await minutes(4);

    const socket = await servers.connect(host, 1433);
    expect(socket.remotePort).toBeGreaterThan(0);
    socket.destroy();
  });

  it('belongs to nobody who is not there', () => {
    expect(prepare().servers.serverOf('none')).toBeUndefined();
  });
});
