import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusalSchema, resultSchemas } from '../../../functions/domain-controller/results.ts';
import type { DocumentName } from '../../../run-command/parameters.ts';
import type { Half } from '../../../simulator/world/forest.ts';
import { directoryName, domainName, managedNodeId, subnetIds, vpcId } from '../../support/company.ts';
import { companyAccount } from '../../support/company-account.ts';

const password = 'Of-both-halves-1';
const spoken = z.looseObject({ status: z.string() });

const prepare = () => {
  const account = companyAccount();
  const { world, directory, forest, seconds } = account;
  const secret = world.secrets.create(
    { name: 'forestbridge/orders/trust' },
    JSON.stringify({ username: 'trust', password }),
  );
  const addresses = directory.dnsIpAddresses.join(',');
  const run = async (name: DocumentName, parameters: object, nodeId = managedNodeId) => {
    const command = world.commands.send(
      {
        documentName: `forestbridge-${name}`,
        managedNodeId: nodeId,
        comment: '',
        parameters: new Map(Object.entries({ DirectoryName: directoryName, ...parameters })),
      },
      600,
    );
    await seconds(30);
    const said = spoken.parse(JSON.parse(command.result?.output ?? ''));
    // What the model prints is what await-command reads.
    (said.status === 'done' ? resultSchemas[name] : refusalSchema).parse(said);
    return { exitCode: command.result?.exitCode, ...said };
  };
  const wanted = {
    TrustType: 'Forest',
    Direction: 'Inbound',
    SelectiveAuthentication: 'false',
    SecretArn: secret.arn,
    Action: 'create',
  };
  return {
    ...account,
    secret,
    addresses,
    check: (parameters: object = { DirectoryDnsIpAddresses: addresses }) =>
      run('check-domain-controller', parameters),
    forward: (parameters: object = {}) =>
      run('forward-dns', { DirectoryDnsIpAddresses: addresses, MayChange: 'false', ...parameters }),
    create: (difference: object = {}) => run('create-trust', { ...wanted, ...difference }),
    confirm: (Direction = 'Inbound', TrustType = 'Forest') => run('confirm-trust', { Direction, TrustType }),
    /** The company's half as somebody has made it. */
    make: (difference: Partial<Half> = {}): void => {
      const half = {
        direction: 'Inbound',
        type: 'Forest',
        selectiveAuthentication: false,
        password,
      } as const;
      forest.halves.set(directoryName, { ...half, ...difference });
    },
  };
};

describe('check-domain-controller', () => {
  it('tells what it knows before there is a directory', async () => {
    const { check } = prepare();

    await expect(check({ DirectoryName: '', DirectoryDnsIpAddresses: '' })).resolves.toMatchObject({
      exitCode: 0,
      status: 'done',
      domainName,
      shortName: 'CORP',
      forestRootDomain: domainName,
      half: null,
      forwarder: null,
      names: {},
      ports: {},
      clockSkewSeconds: null,
    });
  });

  it('finds the directory at each of its addresses', async () => {
    const { check, make, forest, controller } = prepare();
    forest.forwarders.set(directoryName, ['10.0.0.4']);
    make({ selectiveAuthentication: true });
    controller.clockSkewSeconds = -7;

    const facts = await check();
    expect(facts).toMatchObject({
      names: { '10.0.0.4': true, '10.0.1.4': true },
      ports: { '10.0.0.4': { 53: true, 445: true, 3269: true }, '10.0.1.4': { 88: true } },
      half: { direction: 'Inbound', type: 'Forest', selectiveAuthentication: true },
      forwarder: ['10.0.0.4'],
      clockSkewSeconds: -7,
    });
    expect(facts).not.toHaveProperty('half.password');
  });

  it('tells which ports are closed, and no time where nobody tells it', async () => {
    const { check, forest } = prepare();
    for (const port of [53, 445, 123]) forest.closedPorts.add(port);

    await expect(check()).resolves.toMatchObject({
      names: { '10.0.0.4': false },
      ports: { '10.0.0.4': { 53: false, 88: true, 445: false } },
      clockSkewSeconds: null,
    });
  });

  it.each([
    ['another name', { DirectoryName: 'none.example.com', DirectoryDnsIpAddresses: '10.0.0.4' }],
    ['another address', { DirectoryDnsIpAddresses: '10.0.0.9' }],
  ])('finds nothing under %s', async (_what, parameters) => {
    const [address] = Object.values(parameters).slice(-1);

    await expect(prepare().check(parameters)).resolves.toHaveProperty('names', { [String(address)]: false });
  });

  it('tells two directories of one name apart by their addresses', async () => {
    const { check, world } = prepare();
    const other = world.directories.place({
      name: directoryName,
      shortName: 'AWS',
      edition: 'Standard',
      description: null,
      vpcId,
      subnetIds,
      tags: new Map(),
    });
    const [address = ''] = other.dnsIpAddresses;

    // Its group admits nobody but its own VPC.
    await expect(check({ DirectoryDnsIpAddresses: address })).resolves.toMatchObject({
      names: { [address]: false },
    });
    await expect(check()).resolves.toMatchObject({ names: { '10.0.0.4': true } });
  });
});

describe('forward-dns', () => {
  it('makes the forwarder once, in whatever order the addresses are given', async () => {
    const { forward, forest } = prepare();

    await expect(forward()).resolves.toMatchObject({ status: 'done', changed: true });
    await expect(forward({ DirectoryDnsIpAddresses: '10.0.1.4,10.0.0.4' })).resolves.toMatchObject({
      exitCode: 0,
      changed: false,
      forwarder: ['10.0.0.4', '10.0.1.4'],
    });
    expect([...forest.forwarders.keys()]).toEqual([directoryName]);
  });

  it('changes another one only where it may', async () => {
    const { forward, forest } = prepare();
    forest.forwarders.set(directoryName, ['10.0.0.99']);

    await expect(forward()).resolves.toMatchObject({
      exitCode: 0,
      status: 'conflict',
      reason: 'forwarder-differs',
      message: expect.stringContaining('forwards to 10.0.0.99 instead of 10.0.0.4, 10.0.1.4'),
    });
    expect(forest.forwarders.get(directoryName)).toEqual(['10.0.0.99']);
    await expect(forward({ MayChange: 'true' })).resolves.toMatchObject({ status: 'done', changed: true });
    expect(forest.forwarders.get(directoryName)).toEqual(['10.0.0.4', '10.0.1.4']);
  });
});

describe('create-trust', () => {
  it('makes the half with the password of the secret, and prints none', async () => {
    const { create, forward, forest } = prepare();
    await forward();

    const made = await create();
    expect(made).toEqual({
      exitCode: 0,
      status: 'done',
      half: { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false },
      changed: true,
    });
    expect(forest.halves.get(directoryName)).toMatchObject({ password });
  });

  it.each([
    ['Inbound', false],
    ['Bidirectional', true],
    ['Outbound', true],
  ])('asks for selective authentication only where this side trusts: %s %s', async (Direction, selective) => {
    const { create, forward, forest } = prepare();
    await forward();

    await create({ Direction, TrustType: 'External', SelectiveAuthentication: 'true' });

    expect(forest.halves.get(directoryName)).toMatchObject({
      direction: Direction,
      type: 'External',
      selectiveAuthentication: selective,
    });
  });

  it('gives the half that is there a new password', async () => {
    const { create, forward, make, forest } = prepare();
    await forward();
    make({ password: 'An-old-one-1' });

    await expect(create({ Action: 'reset' })).resolves.toMatchObject({ status: 'done' });
    expect(forest.halves.get(directoryName)).toMatchObject({ password });
  });

  it('has nothing to reset where there is no half', async () => {
    const { create, forward } = prepare();
    await forward();

    await expect(create({ Action: 'reset' })).resolves.toMatchObject({
      exitCode: 1,
      status: 'failed',
      reason: 'half-missing',
    });
  });

  it.each([{ direction: 'Outbound' }, { type: 'External' }] as const)(
    'leaves a half of another kind alone: %j',
    async (difference) => {
      const { create, forward, make, forest } = prepare();
      await forward();
      make({ ...difference, password: 'Of-somebody-else-1' });

      await expect(create()).resolves.toMatchObject({
        exitCode: 0,
        status: 'conflict',
        reason: 'half-differs',
      });
      expect(forest.halves.get(directoryName)).toMatchObject({ password: 'Of-somebody-else-1' });
    },
  );

  it.each(['gone', 'on its way out', 'without a password', 'with another thing'])(
    'cannot read a secret that is %s',
    async (what) => {
      const { create, forward, world, secret } = prepare();
      await forward();
      if (what === 'gone') world.secrets.remove(secret);
      if (what === 'on its way out') world.secrets.scheduleDeletion(secret, 7);
      if (what === 'without a password') world.secrets.put(secret, '{"username":"trust"}');
      if (what === 'with another thing') world.secrets.put(secret, 'null');

      await expect(create()).resolves.toMatchObject({ exitCode: 1, reason: 'secret-unreadable' });
    },
  );

  it('needs the way to the directory', async () => {
    const { create, forward, forest } = prepare();

    await expect(create()).resolves.toMatchObject({ reason: 'domain-not-found' });
    await forward();
    forest.closedPorts.add(445);
    await expect(create()).resolves.toMatchObject({ exitCode: 1, reason: 'domain-not-found' });
    await expect(create({ DirectoryName: 'none.example.com' })).resolves.toMatchObject({
      reason: 'domain-not-found',
    });
    forest.closedPorts.clear();
    await expect(create()).resolves.toMatchObject({ status: 'done' });
  });

  it.each([
    [301, 'failed'],
    [-301, 'failed'],
    [300, 'done'],
  ])('with a clock that is off by %i seconds is %s', async (skew, status) => {
    const { create, forward, controller } = prepare();
    await forward();
    controller.clockSkewSeconds = skew;

    await expect(create()).resolves.toMatchObject({ status });
  });
});

describe('confirm-trust', () => {
  it('cannot verify from the trusted side', async () => {
    const { confirm, make } = prepare();
    make();

    await expect(confirm()).resolves.toMatchObject({ exitCode: 0, status: 'done', verified: null });
  });

  it('misses a half that is not there, or has no effect', async () => {
    const { confirm, make, world } = prepare();

    await expect(confirm()).resolves.toMatchObject({ exitCode: 1, reason: 'half-missing' });
    make();
    world.causes.broken.add('half-on-premises');
    await expect(confirm()).resolves.toMatchObject({ reason: 'half-missing' });
  });

  it('tells of a half of another kind', async () => {
    const { confirm, make } = prepare();
    make();

    await expect(confirm('Outbound')).resolves.toMatchObject({ status: 'conflict', reason: 'half-differs' });
    await expect(confirm('Inbound', 'External')).resolves.toMatchObject({ reason: 'half-differs' });
  });

  const trust = {
    remoteDomainName: domainName,
    type: 'Forest',
    selectiveAuthentication: false,
    password,
  } as const;

  it.each([
    ['everything there', 'done', {}, () => {}],
    ['no half in AWS', 'failed', null, () => {}],
    ['another password in AWS', 'failed', { password: 'Another-1' }, () => {}],
    [
      'a firewall in between',
      'failed',
      {},
      ({ forest }: ReturnType<typeof prepare>) => void forest.closedPorts.add(135),
    ],
  ])('verifies from the trusting side, with %s: %s', async (_what, status, difference, change) => {
    const account = prepare();
    const { confirm, forward, make, world, directory } = account;
    await forward();
    make({ direction: 'Bidirectional' });
    if (difference !== null)
      world.trusts.create(directory, { ...trust, direction: 'Two-Way', ...difference });
    change(account);

    await expect(confirm('Bidirectional')).resolves.toMatchObject(
      status === 'done' ? { verified: true, exitCode: 0 } : { reason: 'not-verified', exitCode: 1 },
    );
  });
});

describe('any other document', () => {
  it('ends without a word', async () => {
    const { world, seconds } = prepare();
    const command = world.commands.send(
      { documentName: 'AWS-RunPowerShellScript', managedNodeId, comment: '', parameters: new Map() },
      600,
    );
    await seconds(30);

    expect(command).toMatchObject({ status: 'Failed', result: { output: '', exitCode: 1 } });
  });
});
