import { describe, expect, it } from 'vitest';
import { closedGroups, directoryParty } from '../../../../functions/request/checks/closed-groups.ts';
import { country, subnetIds, vpcId } from '../country.ts';
import { narrowRules, rule } from '../rules.ts';

const host = { name: 'the domain controller i-1', groupIds: ['sg-1', 'sg-2'] };
const directory = { name: 'the directory', groupIds: ['sg-9'], networks: ['10.0.0.4/32', '10.0.1.4/32'] };
const both = (group: string, peer: string) => [
  ...narrowRules(group, false, peer),
  ...narrowRules(group, true, peer),
];
const found = (rules: Parameters<typeof closedGroups>[1], egress: boolean, other = directory) =>
  closedGroups(host, rules, other, egress, 'node-group');

describe.each([
  [true, 'out to'],
  [false, 'in from'],
])('security groups (egress: %s)', (egress, way) => {
  it.each([
    ['everything', [rule('sg-1', { egress })]],
    ['just what is needed, for all the networks around it', both('sg-1', '10.0.0.0/16')],
    [
      'just what is needed, for each address',
      [...both('sg-1', '10.0.0.4/32'), ...both('sg-2', '10.0.1.4/32')],
    ],
    ['just what is needed, for the other’s own group', both('sg-2', 'sg-9')],
    [
      'what is needed in parts',
      [
        rule('sg-1', { egress, protocol: 'udp', fromPort: 0, toPort: 65_535 }),
        rule('sg-2', { egress, protocol: 'tcp', fromPort: 0, toPort: 65_535 }),
      ],
    ],
  ])('are open where they let through %s', (_name, rules) => {
    expect(found(rules, egress)).toEqual([]);
  });

  it.each([
    ['the other direction is open', [rule('sg-1', { egress: !egress })]],
    ['another group is open', [rule('sg-3', { egress })]],
    ['they are open for another group', both('sg-1', 'sg-8')],
    ['they have no rules', []],
  ])('are closed where %s', (_name, rules) => {
    expect(found(rules, egress)).toEqual([
      {
        level: 'error',
        code: 'node-group',
        message: `The security groups of the domain controller i-1 (sg-1, sg-2) do not let tcp 53, tcp 88, tcp 135, tcp 389, tcp 445, tcp 464, tcp 636, tcp 3268, tcp 49152, udp 53, udp 88, udp 123, udp 389, udp 464 ${way} the directory at 10.0.0.4/32, 10.0.1.4/32. Add rules for it.`,
      },
    ]);
  });

  it('have only what they lack named', () => {
    const rules = both('sg-1', '10.0.0.0/16').filter(
      ({ protocol, fromPort }) => protocol !== 'udp' || fromPort !== 123,
    );

    const [finding] = found(
      [...rules, rule('sg-1', { egress, protocol: 'udp', peer: '10.0.1.4/32' })],
      egress,
    );
    expect(finding?.message).toContain(`do not let udp 123 ${way} the directory at 10.0.0.4/32`);
  });

  it('are not judged where a rule of that direction names a prefix list', () => {
    expect(found([rule('sg-1', { egress, peer: '' })], egress)).toEqual([
      {
        level: 'warning',
        code: 'node-group-unread',
        message: expect.stringContaining(`See to it that they let tcp 53, tcp 88`),
      },
    ]);
    expect(found([rule('sg-1', { egress: !egress, peer: '' })], egress)).toMatchObject([
      { code: 'node-group' },
    ]);
  });
});

describe('a directory as others see it', () => {
  const place = { vpcId, subnetIds, securityGroupId: 'sg-9', addresses: ['10.0.0.4', '10.0.1.4'] };

  it('is its domain controllers', async () => {
    expect(directoryParty(place, await country().territory())).toEqual(directory);
  });

  it('is its subnets where there are no domain controllers yet', async () => {
    const made = { ...place, securityGroupId: null, addresses: [] };

    expect(directoryParty(made, await country().territory())).toEqual({
      name: 'the directory',
      groupIds: [],
      networks: ['10.0.0.0/24', '10.0.1.0/24'],
    });
  });
});
