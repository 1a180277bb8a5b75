import { describe, expect, it } from 'vitest';
import { company, smb, surroundings } from '../../../support/two-subnets.ts';

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
});
