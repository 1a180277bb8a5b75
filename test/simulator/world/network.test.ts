import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { canonical, clearOf, nth, within } from '../../../simulator/world/network/addresses.ts';
import type { NetworkAclEntry } from '../../../simulator/world/network/records.ts';
import { Network, type Place } from '../../../simulator/world/network.ts';
import { Random } from '../../../simulator/world/random.ts';

const company: Place = { address: '192.168.10.5', subnetId: null, securityGroupIds: [] };
const smb = { protocol: 'tcp', port: 445 } as const;

/** Two subnets of a VPC that lead to the company, one host in each, both with the same open group. */
const surroundings = () => {
  const setting = {
    clock: new VirtualClock(0),
    random: new Random(7),
    accountId: '123456789012',
    region: 'eu-west-1',
  };
  const network = new Network(setting);
  network.addVpc('vpc-1', '10.0.0.0/16');
  network.addSubnet('subnet-a', 'vpc-1', '10.0.1.0/24', 'eu-west-1a');
  network.addSubnet('subnet-b', 'vpc-1', '10.0.2.0/24', 'eu-west-1b');
  network.route('subnet-a', { destination: '192.168.0.0/16', target: 'vgw-1', state: 'active' });
  const group = network.addSecurityGroup('vpc-1', 'open', 'Everything');
  network.addRules(group.id, [
    { egress: false, protocol: '-1', fromPort: -1, toPort: -1, peer: '0.0.0.0/0', description: null },
  ]);
  const here = network.addInterface('subnet-a', [group.id], 'one host');
  const there = network.addInterface('subnet-b', [group.id], 'another host');
  return { network, group, here, there };
};

const entry = (number: number, change: Partial<NetworkAclEntry>): NetworkAclEntry => ({
  number,
  egress: true,
  action: 'allow',
  protocol: 'tcp',
  fromPort: 0,
  toPort: 65535,
  cidr: '0.0.0.0/0',
  ...change,
});

describe('Network', () => {
  it('gives every interface an address of its own, past those that AWS keeps', () => {
    const { network, here } = surroundings();
    expect(here.address).toBe('10.0.1.4');
    expect(network.addInterface('subnet-a', [], 'a second').address).toBe('10.0.1.5');
    network.removeInterface(here.id);
    expect(network.addInterface('subnet-a', [], 'a third').address).toBe('10.0.1.4');
  });

  it('knows where an instance stands', () => {
    const { network, group } = surroundings();
    network.addInstance('i-1', 'subnet-b', [group.id], '10.0.2.77');
    expect(network.interfaceOf('i-1')).toMatchObject({
      address: '10.0.2.77',
      subnetId: 'subnet-b',
      securityGroupIds: [group.id],
    });
  });

  it('makes a group that lets everything out and nothing in', () => {
    const { network, here, there } = surroundings();
    const fresh = network.addSecurityGroup('vpc-1', 'fresh', 'As AWS makes it');
    const host = network.addInterface('subnet-a', [fresh.id], 'a host');
    expect(network.reaches(host, there, smb)).toBe(true);
    expect(network.reaches(here, host, smb)).toBe(
      `the security group ${fresh.id} has no ingress rule for tcp 445 from 10.0.1.4`,
    );
  });

  it('names what is missing: nobody can stand in a subnet that is not there', () => {
    expect(() => surroundings().network.addInterface('subnet-x', [], 'nobody')).toThrow(
      'The world has no subnet-x.',
    );
    expect(() => surroundings().network.addSubnet('subnet-x', 'vpc-x', '10.9.0.0/24', 'a')).toThrow(
      'no vpc-x',
    );
  });
});

describe('reaches', () => {
  it('lets two hosts of a company be the company’s own affair', () => {
    expect(surroundings().network.reaches(company, { ...company, address: '192.168.10.6' }, smb)).toBe(true);
  });

  it.each([
    ['inside the VPC', 'there'],
    ['to the company', 'company'],
  ] as const)('gets through where everything is open: %s', (_name, target) => {
    const { network, here, there } = surroundings();
    const to = target === 'there' ? there : company;
    expect(network.reaches(here, to, smb)).toBe(true);
    expect(network.reaches(to, here, smb)).toBe(true);
  });

  it.each([
    ['the port', { protocol: 'tcp', fromPort: 445, toPort: 445, peer: '192.168.10.5/32' }, true],
    ['a range', { protocol: 'tcp', fromPort: 400, toPort: 500, peer: '192.168.0.0/16' }, true],
    ['everything', { protocol: '-1', fromPort: -1, toPort: -1, peer: '192.168.0.0/16' }, true],
    ['the other protocol', { protocol: 'udp', fromPort: 445, toPort: 445, peer: '192.168.0.0/16' }, false],
    ['the port before', { protocol: 'tcp', fromPort: 1, toPort: 444, peer: '192.168.0.0/16' }, false],
    ['the port after', { protocol: 'tcp', fromPort: 446, toPort: 500, peer: '192.168.0.0/16' }, false],
    ['another network', { protocol: 'tcp', fromPort: 445, toPort: 445, peer: '192.169.0.0/16' }, false],
    ['the other family', { protocol: 'tcp', fromPort: 445, toPort: 445, peer: '::/0' }, false],
  ])('asks the group whether it lets out to %s', (_name, rule, isOpen) => {
    const { network } = surroundings();
    const group = network.addSecurityGroup('vpc-1', 'narrow', 'One rule');
    network.removeRules(
      group.id,
      group.rules.map(({ id }) => id),
    );
    network.addRules(group.id, [{ ...rule, egress: true, description: null }]);
    const host = network.addInterface('subnet-a', [group.id], 'a host');
    const closed = `the security group ${group.id} has no egress rule for tcp 445 to 192.168.10.5`;
    expect(network.reaches(host, company, smb)).toBe(isOpen || closed);
  });

  it('takes a group for its members, and answers for all groups of a host', () => {
    const { network, here, there } = surroundings();
    const door = network.addSecurityGroup('vpc-1', 'door', 'From members');
    const other = network.addSecurityGroup('vpc-1', 'other', 'Nothing');
    const member = network.addSecurityGroup('vpc-1', 'member', 'Who may');
    network.addRules(door.id, [
      { egress: false, protocol: 'tcp', fromPort: 445, toPort: 445, peer: member.id, description: null },
    ]);
    const house = network.addInterface('subnet-b', [other.id, door.id], 'the house');
    const guest = { ...here, securityGroupIds: [...here.securityGroupIds, member.id] };
    expect(network.reaches(guest, house, smb)).toBe(true);
    expect(network.reaches(there, house, smb)).toBe(
      `the security groups ${other.id}, ${door.id} have no ingress rule for tcp 445 from 10.0.2.4`,
    );
  });

  it.each([
    ['no route', []],
    ['a blackhole', [{ destination: '192.168.0.0/16', target: 'tgw-1', state: 'blackhole' }]],
    [
      'a longer route that is a blackhole',
      [
        { destination: '192.168.0.0/16', target: 'tgw-1', state: 'active' },
        { destination: '192.168.10.0/24', target: 'tgw-2', state: 'blackhole' },
      ],
    ],
    [
      'the internet, where nobody has that address',
      [{ destination: '0.0.0.0/0', target: 'igw-1', state: 'active' }],
    ],
  ] as const)('needs a route there and back: %s leads nowhere', (_name, routes) => {
    const { network, group } = surroundings();
    network.addSubnet('subnet-c', 'vpc-1', '10.0.3.0/24', 'eu-west-1a');
    const table = network.addRouteTable('vpc-1', ['subnet-c']);
    for (const route of routes) network.route('subnet-c', route);
    const host = network.addInterface('subnet-c', [group.id], 'a host');
    const cause = `the route table ${table.id} of subnet-c has no active route that leads to 192.168.10.5`;
    expect(network.reaches(host, company, smb)).toBe(cause);
    expect(network.reaches(company, host, smb)).toBe(cause);
  });

  it('reaches a public address over the internet', () => {
    const { network, here } = surroundings();
    network.route('subnet-a', { destination: '0.0.0.0/0', target: 'nat-1', state: 'active' });
    expect(network.reaches(here, { ...company, address: '198.51.100.7' }, smb)).toBe(true);
  });

  it('does not take the local route out of the VPC', () => {
    const { network, here } = surroundings();
    network.route('subnet-a', { destination: '192.168.10.0/24', target: 'local', state: 'active' });
    expect(network.reaches(here, company, smb)).toContain('no active route');
  });

  it.each([
    ['out', { egress: true, fromPort: 445, toPort: 445 }, 'does not let tcp 445 out to 192.168.10.5'],
    [
      'the answers in',
      { egress: false, fromPort: 2000, toPort: 2000 },
      'tcp 1024-65535 in from 192.168.10.5',
    ],
  ])('asks the network ACL, which keeps no connections: %s', (_name, closed, cause) => {
    const { network, here } = surroundings();
    const list = network.addNetworkAcl(
      'vpc-1',
      ['subnet-a'],
      [
        entry(1, { action: 'deny', ...closed }),
        entry(2, { protocol: '-1', egress: true }),
        entry(3, { protocol: '-1', egress: false }),
      ],
    );
    expect(network.reaches(here, company, smb)).toContain(`the network ACL ${list.id} of subnet-a`);
    expect(network.reaches(here, company, smb)).toContain(cause);
  });

  it('asks the ACL for the other direction where the company asks', () => {
    const { network, here } = surroundings();
    network.addNetworkAcl(
      'vpc-1',
      ['subnet-a'],
      [entry(1, { egress: true }), entry(1, { egress: false, toPort: 444 })],
    );
    expect(network.reaches(company, here, smb)).toContain('tcp 445 in from 192.168.10.5');
    expect(network.reaches(here, company, smb)).toContain('tcp 1024-65535 in from 192.168.10.5');
  });

  it('takes entries in the order of their numbers, and pieces of a range together', () => {
    const { network, here } = surroundings();
    network.addNetworkAcl(
      'vpc-1',
      ['subnet-a'],
      [
        entry(9, { egress: false, action: 'deny' }),
        entry(2, { egress: false, fromPort: 30_000, toPort: 40_000, cidr: '192.168.0.0/16' }),
        entry(1, { egress: false, fromPort: 0, toPort: 29_999 }),
        entry(3, { egress: false, protocol: 'udp', action: 'deny' }),
        entry(4, { egress: false, fromPort: 40_001 }),
        entry(1, {}),
      ],
    );
    expect(network.reaches(here, company, smb)).toBe(true);
  });

  it.each([
    ['below', { fromPort: 1025 }],
    ['above', { toPort: 65_534 }],
  ])('misses ports that no entry lets through: %s', (_name, piece) => {
    const { network, here } = surroundings();
    network.addNetworkAcl('vpc-1', ['subnet-a'], [entry(1, { egress: false, ...piece }), entry(1, {})]);
    expect(network.reaches(here, company, smb)).toContain('tcp 1024-65535 in');
  });

  it('asks no ACL within one subnet', () => {
    const { network, group, here } = surroundings();
    const neighbour = network.addInterface('subnet-a', [group.id], 'a neighbour');
    network.addNetworkAcl('vpc-1', ['subnet-a'], []);
    expect(network.reaches(here, neighbour, smb)).toBe(true);
    expect(network.reaches(here, company, smb)).toContain('network ACL');
  });
});

describe('addresses', () => {
  it.each([
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['10.1.2.3/32', '10.1.2.3/32'],
    ['2001:db8::1/32', '2001:db8::/32'],
  ])('clears the host bits of %s', (written, kept) => {
    expect(canonical(written)).toBe(kept);
  });

  it('keeps every network around its own addresses', () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }), (a, b, c, d, length) => {
        const address = `${a}.${b}.${c}.${d}`;
        const network = canonical(`${address}/${length}`);
        return within(address, network) && canonical(network) === network;
      }),
    );
  });
});

describe('addresses', () => {
  it('counts on from the start of a network, over the bytes', () => {
    expect(['10.0.1.7/24', '10.0.255.0/24'].map((cidr) => nth(cidr, 4))).toEqual(['10.0.1.4', '10.0.255.4']);
    expect(nth('10.0.0.0/8', 65_536 + 256 + 1)).toBe('10.1.1.1');
  });

  it('finds room beside what is taken, and says where there is none', () => {
    const taken = ['10.64.7.0/24', '172.16.0.0/12'];
    expect(clearOf(taken, ['10.64', '172.24', '192.168'])).toBe('192.168');
    expect(() => clearOf(taken, ['10.64', '172.24'])).toThrow('no network that is clear of the company');
  });
});
