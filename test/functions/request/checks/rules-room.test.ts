import { describe, expect, it } from 'vitest';
import { databaseRoom, directoryRoom } from '../../../../functions/request/checks/rules-room.ts';
import { openings } from '../../../../functions/support/security-rules.ts';
import { vpcId } from '../country.ts';
import { preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';
import { narrowRules, rule } from '../rules.ts';

const place = { vpcId, subnetIds: [], securityGroupId: null, addresses: [] };
const adopted = { ...place, securityGroupId: 'sg-9' };
const company = (networks: readonly string[], clientNetworks: readonly string[] = networks) => ({
  domainName: 'corp.example.com',
  shortName: 'CORP',
  dnsIpAddresses: ['10.20.0.10'],
  networks: [...networks],
  clientNetworks: [...clientNetworks],
  domainController: { managedNodeId: 'mi-0a1b2c3d4e5f60718' },
});
const networks = (count: number) => Array.from({ length: count }, (_none, at) => `10.${at + 20}.0.0/16`);
const others = (groupId: string, count: number, egress = false) =>
  Array.from({ length: count }, (_none, at) =>
    rule(groupId, { egress, protocol: 'tcp', peer: `172.16.${at}.0/24` }),
  );
const error = (...words: readonly string[]) => ({
  level: 'error',
  code: 'rules-room',
  message: expect.stringContaining(words.join('')),
});

// Each network takes 14 rules each way; 18 inbound rules and 1 outbound one are AWS's own.
describe('room in a new directory’s group', () => {
  it('is enough for three networks', () => {
    expect(directoryRoom(place, [], company(networks(3)))).toEqual([]);
  });

  it('is not enough for four inwards: that would be 74', () => {
    expect(directoryRoom(place, [], company(networks(4)))).toEqual([
      error(
        "The new directory's security group has 18 inbound rules and needs 56 more, and a group takes 60.",
      ),
    ]);
  });

  it('is not enough for five outwards either: that would be 71', () => {
    expect(directoryRoom(place, [], company(networks(5)))).toEqual([
      error('has 18 inbound rules and needs 70 more'),
      error("The new directory's security group has 1 outbound rules and needs 70 more"),
    ]);
  });

  it('is taken by clients, 9 rules each, where they are not the company’s networks', () => {
    expect(directoryRoom(place, [], company(networks(3), ['10.99.0.0/16']))).toEqual([
      error('has 18 inbound rules and needs 51 more'),
    ]);
    expect(directoryRoom(place, [], company(networks(3), ['10.20.7.0/24']))).toEqual([]);
  });
});

describe('room in an existing directory’s group', () => {
  it.each([
    [true, 'outbound'],
    [false, 'inbound'],
  ])('is counted for each direction by itself (egress: %s)', (egress, word) => {
    const request = company(networks(1));
    expect(directoryRoom(adopted, others('sg-9', 46, egress), request)).toEqual([]);
    expect(directoryRoom(adopted, others('sg-9', 47, egress), request)).toEqual([
      error(
        `The directory's security group sg-9 has 47 ${word} rules and needs 14 more, and a group takes 60.`,
      ),
    ]);
  });

  it.each([
    [true, '10.0.0.0/8'],
    [false, '10.20.0.0/16'],
  ])('is not taken by what is there already in that direction (egress: %s)', (egress, peer) => {
    const there = narrowRules('sg-9', egress, peer);
    const request = company(networks(1));

    expect(directoryRoom(adopted, [...there, ...others('sg-9', 46, egress)], request)).toEqual([]);
    expect(directoryRoom(adopted, [...there, ...others('sg-9', 47, !egress)], request)).toHaveLength(1);
  });

  it('is not taken by other groups, nor by IPv6', () => {
    const ipv6 = Array.from({ length: 60 }, () => rule('sg-9', { protocol: 'tcp', peer: '2001:db8::/32' }));

    expect(directoryRoom(adopted, [...others('sg-8', 60), ...ipv6], company(networks(1)))).toEqual([]);
  });

  it('is unknown where there are more rules than the usual quota', () => {
    expect(directoryRoom(adopted, others('sg-9', 61), company(networks(1)))).toEqual([]);
  });

  it('is full at 60, where something is needed', () => {
    expect(directoryRoom(adopted, others('sg-9', 60), company(networks(1)))).toEqual([
      error('has 60 inbound rules and needs 14 more'),
    ]);
  });
});

describe('room in a database’s group', () => {
  const wanted = openings([{ protocol: 'tcp', fromPort: 1433, toPort: 1433 }], ['10.20.0.0/16', 'sg-login']);

  it('is needed in the first one', () => {
    expect(databaseRoom(['sg-1', 'sg-2'], others('sg-2', 60), wanted)).toEqual([]);
    expect(databaseRoom(['sg-1', 'sg-2'], others('sg-1', 58), wanted)).toEqual([]);
    expect(databaseRoom(['sg-1', 'sg-2'], others('sg-1', 59), wanted)).toEqual([
      error("The database's security group sg-1 has 59 inbound rules and needs 2 more"),
    ]);
  });

  it('is not needed for what any of them lets in', () => {
    const open = rule('sg-2', { protocol: 'tcp', fromPort: 1433, toPort: 1433, peer: '10.0.0.0/8' });

    expect(databaseRoom(['sg-1', 'sg-2'], [...others('sg-1', 59), open], wanted)).toEqual([]);
    expect(databaseRoom(['sg-1', 'sg-2'], [...others('sg-1', 60), rule('sg-1')], [])).toEqual([]);
  });

  it('does not count what goes out', () => {
    expect(databaseRoom(['sg-1'], others('sg-1', 60, true), wanted)).toEqual([]);
  });
});

describe('room in the directory’s group, in a whole account', () => {
  it('is looked for where one is adopted, by the rules that it has', async () => {
    const account = await preflightAccount(
      changed(example('no-database'), ['directory'], { directoryId: 'd-0123456789' }),
    );
    const groupId = account.world.directories.all[0]?.securityGroupId ?? '';
    const rule = { egress: true, protocol: '-1', fromPort: -1, toPort: -1, description: null };
    const peers = Array.from({ length: 58 }, (_none, at) => `172.16.${at}.0/24`);
    account.world.network.addRules(
      groupId,
      peers.map((peer) => Object.assign({ peer }, rule)),
    );
    expect(await account.findings()).toEqual([error(`${groupId} has 59 outbound rules and needs 14 more`)]);

    account.world.network.addRules(groupId, [{ ...rule, peer: '10.20.0.0/16' }]);
    expect(await account.findings()).toEqual([]);
  });
});
