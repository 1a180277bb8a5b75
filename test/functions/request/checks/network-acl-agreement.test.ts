import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkAclFindings, networkAclsSchema } from '../../../../functions/request/checks/network-acl.ts';
import { company, country, subnetIds, vpcId } from '../country.ts';

const [first = ''] = subnetIds;

const everything = {
  number: 60,
  action: 'allow',
  protocol: '-1',
  fromPort: 0,
  toPort: 65_535,
  cidr: '0.0.0.0/0',
} as const;
const wide = [true, false].map((egress) => Object.assign({ egress }, everything));

describe('the network ACL', () => {
  it('agrees with the network itself', () => {
    const entries = fc.uniqueArray(
      fc.record({
        number: fc.integer({ min: 1, max: 50 }),
        egress: fc.boolean(),
        action: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
        protocol: fc.constantFrom('tcp' as const, 'udp' as const, '-1' as const),
        fromPort: fc.constantFrom(0, 88, 1024),
        toPort: fc.constantFrom(388, 49_151, 65_535),
        cidr: fc.constantFrom('0.0.0.0/0', company, '10.20.0.0/17', '10.20.144.0/20'),
      }),
      { selector: ({ number }) => number, maxLength: 6 },
    );
    const { network, entries: lay } = country();
    network.addSecurityGroup(vpcId, 'all', 'Everything', {}, 'sg-1');
    network.addRules('sg-1', [
      { egress: false, protocol: '-1', fromPort: -1, toPort: -1, peer: '0.0.0.0/0', description: null },
    ]);
    const inside = { address: '10.0.0.9', subnetId: first, securityGroupIds: ['sg-1'] };
    const edges = ['10.20.127.255', '10.20.128.0', '10.20.159.255'];
    // One of each stretch of ports that the entries tell apart.
    const samples = [
      ...[53, 88, 389, 3268, 65_535].map((port) => ({ protocol: 'tcp' as const, port })),
      ...[53, 88, 389].map((port) => ({ protocol: 'udp' as const, port })),
    ];
    const reached = (address: string): boolean => {
      const outside = { ...inside, address, subnetId: null };
      return samples.every(
        (traffic) =>
          network.reaches(inside, outside, traffic) === true &&
          network.reaches(outside, inside, traffic) === true,
      );
    };
    fc.assert(
      fc.property(entries, (some) => {
        const all = [...some, ...wide];
        lay(...all);
        const shown = all.map(({ number, egress, action, protocol, fromPort, toPort, cidr }) => ({
          RuleNumber: number,
          Egress: egress,
          RuleAction: action,
          Protocol: { '-1': '-1', tcp: '6', udp: '17' }[protocol],
          CidrBlock: cidr,
          PortRange: protocol === '-1' ? undefined : { From: fromPort, To: toPort },
        }));
        const lists = networkAclsSchema.parse([
          { NetworkAclId: 'acl-1', VpcId: vpcId, IsDefault: true, Entries: shown },
        ]);
        const subnet = { id: first, vpcId, cidr: '10.0.0.0/24', zone: 'eu-central-1a' };

        const clear = networkAclFindings(lists, [subnet], [company]).length === 0;
        expect(clear).toBe(edges.every(reached));
      }),
      { numRuns: 60 },
    );
  });
});
