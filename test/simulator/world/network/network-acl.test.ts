import { describe, expect, it } from 'vitest';
import type { NetworkAclEntry } from '../../../../simulator/world/network/records.ts';
import { company, smb, surroundings } from '../../../support/two-subnets.ts';

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

describe('reaches', () => {
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
