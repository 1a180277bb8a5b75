import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needsPowerShell, runDocument } from '../support/run-document.ts';

const parameters = { DirectoryName: '', DirectoryDnsIpAddresses: '', PassedIn: 'environment' };
const withDirectory = {
  ...parameters,
  DirectoryName: 'aws.example.com',
  DirectoryDnsIpAddresses: '127.0.0.1,127.0.0.2',
};
const facts = {
  status: 'done',
  domainName: 'corp.example.com',
  shortName: 'CORP',
  forestRootDomain: 'corp.example.com',
  isDomainController: true,
  forestMode: 'Windows2016Forest',
  site: 'Default-First-Site-Name',
  secretsTool: true,
  nullSessionPipes: ['netlogon', 'samr', 'lsarpc'],
  usersWithoutPreauthentication: 0,
  half: null,
  forwarder: null,
  names: {},
  ports: {},
  clockSkewSeconds: null,
};
const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

describe.concurrent('check-domain-controller', () => {
  needsPowerShell();

  const listening = createServer((socket) => socket.end());
  let closed = 0;
  beforeAll(async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    closed = portOf(gone);
    await new Promise((resolve) => gone.close(resolve));
  });
  afterAll(() => {
    listening.close();
  });

  it('gathers what needs no directory', async () => {
    const { exitCode, result, calls } = await runDocument('check-domain-controller', parameters);

    expect(result).toEqual(facts);
    expect(exitCode).toBe(0);
    expect(calls).toEqual([['Get-ADDomain']]);
  });

  it('gathers what there is of the trust and of the network to the directory', async () => {
    const trust = { Target: 'aws.example.com', Direction: 'BiDirectional', ForestTransitive: true };
    const { result, calls } = await runDocument('check-domain-controller', withDirectory, {
      trusts: [{ ...trust, SelectiveAuthentication: true, IntraForest: false, TrustType: 'Uplevel' }],
      zones: [
        {
          ZoneName: 'aws.example.com',
          ZoneType: 'Forwarder',
          IsDsIntegrated: true,
          MasterServers: ['10.0.0.10'],
        },
      ],
      dns: { '127.0.0.1': [{ Type: 'A' }, { Type: 'SRV' }], '127.0.0.2': [{ Type: 'SOA' }] },
      portsToTry: [portOf(listening), closed],
    });

    expect(result).toEqual({
      ...facts,
      half: { direction: 'Bidirectional', type: 'Forest', selectiveAuthentication: true },
      forwarder: ['10.0.0.10'],
      names: { '127.0.0.1': true, '127.0.0.2': false },
      ports: {
        '127.0.0.1': { [portOf(listening)]: true, [closed]: false },
        '127.0.0.2': { [portOf(listening)]: false, [closed]: false },
      },
      clockSkewSeconds: 0.03125,
    });
    expect(calls).toContainEqual([
      'Resolve-DnsName',
      '_ldap._tcp.dc._msdcs.aws.example.com',
      'SRV',
      '127.0.0.2',
    ]);
  });

  it('takes a DNS server that does not answer for one that does not know the name', async () => {
    const { result } = await runDocument('check-domain-controller', withDirectory);

    expect(result).toMatchObject({ status: 'done', names: { '127.0.0.1': false, '127.0.0.2': false } });
  });

  it.each([
    ['behind', ['20:01:02, -123.5000000s'], -123.5],
    ['unknown', ['20:01:02, error: 0x800705B4'], null],
  ])('finds the clock %s', async (_what, clock, seconds) => {
    const { result } = await runDocument('check-domain-controller', withDirectory, { clock });

    expect(result).toMatchObject({ clockSkewSeconds: seconds });
  });

  it.each([
    [
      'one of each',
      {
        secretsTool: 'program',
        registry: { NullSessionPipes: ['netlogon'] },
        users: [{ Name: 'a' }],
        zones: [
          { ZoneName: 'aws.example.com', ZoneType: 'Primary', IsDsIntegrated: true, MasterServers: null },
        ],
      },
      {
        secretsTool: true,
        nullSessionPipes: ['netlogon'],
        usersWithoutPreauthentication: 1,
        forwarder: null,
      },
    ],
    [
      'none, and more users than it counts',
      {
        secretsTool: 'none',
        registry: { NullSessionPipes: [] },
        users: Array.from({ length: 1001 }, (_, number) => ({ Name: `u${number}` })),
      },
      { secretsTool: false, nullSessionPipes: [], usersWithoutPreauthentication: 1000 },
    ],
    ['an empty pipe', { registry: { NullSessionPipes: ['', 'samr'] } }, { nullSessionPipes: ['samr'] }],
    ['no such value', { registry: { Other: 1 } }, { nullSessionPipes: [] }],
  ])('tells of %s', async (_what, world, expected) => {
    const { result } = await runDocument('check-domain-controller', withDirectory, world);

    expect(result).toMatchObject({ status: 'done', ...expected });
  });

  it('asks a member server nothing that only a domain controller knows', async () => {
    const { result, calls } = await runDocument('check-domain-controller', parameters, {
      computer: { Domain: 'corp.example.com', DomainRole: 3 },
    });

    expect(result).toMatchObject({
      status: 'done',
      isDomainController: false,
      domainName: 'corp.example.com',
      site: '',
    });
    expect(calls).toEqual([]);
  });

  it('says what Windows answered', async () => {
    const { exitCode, result } = await runDocument('check-domain-controller', parameters, {
      failures: { 'Get-ADDomain': { code: 1722, message: 'The RPC server is unavailable.' } },
    });

    expect(result).toMatchObject({ status: 'failed', reason: 'unreachable' });
    expect(result['message']).toMatch(/The RPC server is unavailable\. .* code 1722\)\. Check the forwarder/);
    expect(exitCode).toBe(1);
  });

  it('names the line and the tools where a cmdlet is missing', async () => {
    const { result } = await runDocument('check-domain-controller', parameters, {
      missing: ['Get-ADForest'],
    });

    expect(result).toMatchObject({ status: 'failed', reason: 'command-missing' });
    expect(result['message']).toMatch(
      /^"Get-ADForest -Current 'LocalComputer'" failed: .* Install the management tools/,
    );
  });

  it('stops where the agent passes no parameters, which may be empty otherwise', async () => {
    const { result } = await runDocument('check-domain-controller', {});

    expect(result).toMatchObject({ status: 'failed', reason: 'parameter-missing' });
  });
});
