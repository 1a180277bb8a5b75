import { describe, expect, it } from 'vitest';
import { directoryName, domainName, subnetIds, vpcId } from '../../../support/company.ts';
import { scriptAccount } from '../../../support/script-account.ts';

describe('check-domain-controller', () => {
  it('tells what it knows before there is a directory', async () => {
    const { check } = scriptAccount();

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
    const { check, make, forest, controller } = scriptAccount();
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
    const { check, forest } = scriptAccount();
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

    await expect(scriptAccount().check(parameters)).resolves.toHaveProperty('names', {
      [String(address)]: false,
    });
  });

  it('tells two directories of one name apart by their addresses', async () => {
    const { check, world } = scriptAccount();
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
    const everything = { protocol: '-1', fromPort: -1, toPort: -1, peer: '10.20.0.0/16', description: null };
    const opened = world.network.addRules(other.securityGroupId, [
      { ...everything, egress: false },
      { ...everything, egress: true },
    ]);

    await expect(check({ DirectoryDnsIpAddresses: address })).resolves.toMatchObject({
      names: { [address]: true },
    });
    world.network.removeRules(
      other.securityGroupId,
      opened.map(({ id }) => id),
    );

    await expect(check({ DirectoryDnsIpAddresses: address })).resolves.toMatchObject({
      names: { [address]: false },
    });
    await expect(check()).resolves.toMatchObject({ names: { '10.0.0.4': true } });
  });
});

describe('forward-dns', () => {
  it('makes the forwarder once, in whatever order the addresses are given', async () => {
    const { forward, forest } = scriptAccount();

    await expect(forward()).resolves.toMatchObject({ status: 'done', changed: true });
    await expect(forward({ DirectoryDnsIpAddresses: '10.0.1.4,10.0.0.4' })).resolves.toMatchObject({
      exitCode: 0,
      changed: false,
      forwarder: ['10.0.0.4', '10.0.1.4'],
    });
    expect([...forest.forwarders.keys()]).toEqual([directoryName]);
  });

  it('changes another one only where it may', async () => {
    const { forward, forest } = scriptAccount();
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
