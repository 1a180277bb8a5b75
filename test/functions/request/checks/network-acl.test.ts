import { describe, expect, it } from 'vitest';
import {
  clientPassage,
  networkAclFindings,
  networkAclsSchema,
  type Passage,
} from '../../../../functions/request/checks/network-acl.ts';
import { those } from '../../../../functions/request/checks/subnets.ts';
import { domainControllerPorts } from '../../../../functions/support/active-directory-ports.ts';
import type { NetworkAclEntry } from '../../../../simulator/world/network/records.ts';
import { company, country, otherSubnetIds, subnetIds, vpcId } from '../country.ts';

const [first = '', second = ''] = subnetIds;

const entry = (number: number, change: Partial<NetworkAclEntry> = {}): NetworkAclEntry => ({
  number,
  egress: true,
  action: 'allow',
  protocol: '-1',
  fromPort: 0,
  toPort: 65_535,
  cidr: '0.0.0.0/0',
  ...change,
});
/** The same entries of both directions. */
const bothWays = (...entries: readonly NetworkAclEntry[]): readonly NetworkAclEntry[] =>
  entries.flatMap((each) => [each, { ...each, egress: false }]);
/** What Active Directory needs, and nothing more. */
const narrow = bothWays(
  ...domainControllerPorts.map((ports, at) => entry(100 + at, { ...ports, cidr: company })),
  entry(200, { protocol: 'tcp', fromPort: 1024, cidr: company }),
  entry(201, { protocol: 'udp', fromPort: 1024, cidr: company }),
);
const withoutPort = (protocol: string, port: number) =>
  narrow.filter((each) => each.protocol !== protocol || each.fromPort !== port);

/** What is found of the first VPC's network ACL, toward these networks. */
const found = async (entries: readonly NetworkAclEntry[], networks = [company], passage?: Passage) => {
  const { territory, entries: lay } = country();
  lay(...entries);
  const land = await territory();
  return networkAclFindings(land.networkAcls, those(land, subnetIds), networks, passage);
};

describe('the network ACL', () => {
  it.each([
    ['everything', bothWays(entry(100))],
    ['just what is needed', narrow],
    ['all of a wider network', bothWays(entry(100, { cidr: '10.0.0.0/8' }))],
    [
      'two halves of the network',
      bothWays(entry(1, { cidr: '10.20.0.0/17' }), entry(2, { cidr: '10.20.128.0/17' })),
    ],
    [
      'ports in pieces',
      bothWays(
        entry(1, { protocol: 'udp' }),
        entry(2, { protocol: 'tcp', toPort: 400 }),
        entry(3, { protocol: 'tcp', fromPort: 401 }),
      ),
    ],
    [
      'everything before it denies something',
      bothWays(entry(100), entry(200, { action: 'deny', protocol: 'tcp', fromPort: 88, toPort: 88 })),
    ],
    [
      'everything, and denies another network, another port or another protocol first',
      bothWays(
        entry(1, { action: 'deny', cidr: '10.21.0.0/16' }),
        entry(2, { action: 'deny', protocol: 'tcp', fromPort: 22, toPort: 22 }),
        entry(3, { action: 'deny', protocol: 'udp', fromPort: 135, toPort: 137 }),
        entry(100),
      ),
    ],
  ])('may let through %s', async (_name, entries) => {
    expect(await found(entries)).toEqual([]);
  });

  it.each(domainControllerPorts.filter(({ fromPort }) => fromPort < 1024))(
    'must let %j through, both ways',
    async ({ protocol, fromPort }) => {
      const message = new RegExp(
        `^Between ${first}, ${second} and ${company} the network ACL acl-\\w+ does not let through` +
          ` out to it ${protocol} ${fromPort} and in from it ${protocol} ${fromPort}\\. Allow these ports in it; 1024-65535 are the answers'\\.$`,
      );

      expect(await found(withoutPort(protocol, fromPort))).toEqual([
        { level: 'error', code: 'network-acl', message: expect.stringMatching(message) },
      ]);
    },
  );

  it.each([
    ['tcp', 'tcp 3268-3269, tcp 49152-65535, tcp 1024-65535'],
    ['udp', 'udp 1024-65535'],
  ])('must let the answers by %s through, to the ephemeral ports', async (protocol, ports) => {
    const entries = withoutPort(protocol, 1024).filter(({ fromPort }) => fromPort < 1024);
    const [finding] = await found([...entries, ...narrow.filter((each) => each.protocol !== protocol)]);

    expect(finding?.message).toContain(`out to it ${ports} and in from it ${ports}.`);
  });

  it.each([
    [true, 'out to it tcp 53'],
    [false, 'in from it tcp 53'],
  ])('is judged for each direction by itself (egress: %s)', async (egress, words) => {
    const [finding] = await found(narrow.filter((each) => each.egress !== egress));

    expect(finding?.message).toContain(`does not let through ${words}`);
    expect(finding?.message).not.toContain(' and in from');
  });

  it.each([
    ['a part of the network', { cidr: '10.20.7.0/24' }],
    ['one address', { cidr: '10.20.7.7/32' }],
    ['a part of the ports', { protocol: 'tcp', fromPort: 50_000, toPort: 50_000 }],
    ['a wider network', { cidr: '10.0.0.0/8' }],
  ] as const)('may not deny %s before it allows the rest', async (_name, denied) => {
    expect(await found(bothWays(entry(1, { action: 'deny', ...denied }), entry(2)))).toMatchObject([
      { code: 'network-acl' },
    ]);
  });

  it('is read in the order of its numbers, not in the order in which it is shown', async () => {
    expect(await found(bothWays(entry(2), entry(1, { action: 'deny' })))).toMatchObject([
      { code: 'network-acl' },
    ]);
  });

  it('is judged for each network by itself', async () => {
    const findings = await found(narrow, [company, '10.21.0.0/16']);

    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('and 10.21.0.0/16 the network ACL');
  });

  it('is each subnet’s own, or else its VPC’s default', async () => {
    const { network, territory } = country();
    const { id } = network.addNetworkAcl(vpcId, [second], []);
    const land = await territory();

    expect(networkAclFindings(land.networkAcls, those(land, subnetIds), [company])).toEqual([
      {
        level: 'error',
        code: 'network-acl',
        message: expect.stringContaining(`Between ${second} and ${company} the network ACL ${id}`),
      },
    ]);
  });

  it('is not the default of another VPC', async () => {
    const { territory, entries } = country();
    entries();
    const land = await territory();

    expect(networkAclFindings(land.networkAcls, those(land, otherSubnetIds), [company])).toEqual([]);
  });

  it('may be another account’s: then somebody has to look', async () => {
    const land = await country().territory();

    expect(networkAclFindings([], those(land, subnetIds), [company, '10.21.0.0/16'])).toEqual([
      {
        level: 'warning',
        code: 'network-acl-unread',
        message: `This account does not see the network ACL of ${first}, ${second}. See to it that it lets Active Directory's ports through, both ways, for 10.20.0.0/16, 10.21.0.0/16.`,
      },
    ]);
  });
});

describe('the network ACL of a client', () => {
  const passage = clientPassage(443);
  const ways = [
    entry(1, { protocol: 'tcp', fromPort: 443, toPort: 443, cidr: company }),
    entry(2, { protocol: 'tcp', fromPort: 1024, cidr: company, egress: false }),
  ];

  it('may let through what it sends and the answers, and nothing more', async () => {
    expect(await found(ways, [company], passage)).toEqual([]);
  });

  it.each([
    ['nothing', [], 'out to it tcp 443 and in from it tcp 1024-65535'],
    ['the other way round', ways.map((way) => ({ ...way, egress: !way.egress })), 'out to it tcp 443 and in'],
    ['other answers', [...ways.slice(0, 1), entry(2, { protocol: 'udp', egress: false })], 'through in from'],
  ])('may not let through %s', async (_what, entries, words) => {
    const [finding] = await found(entries, [company], passage);

    expect(finding?.message).toContain(words);
  });
});

describe('what EC2 shows of network ACLs', () => {
  it('lets nothing through that no entry mentions', () => {
    const subnet = { id: first, vpcId, cidr: '10.0.0.0/24', zone: 'eu-central-1a' };
    const lists = networkAclsSchema.parse([{ NetworkAclId: 'acl-1', VpcId: vpcId, IsDefault: true }]);

    expect(networkAclFindings(lists, [subnet], [company])).toMatchObject([{ code: 'network-acl' }]);
  });

  it('may lack entries, associations, and whole lists', () => {
    expect(networkAclsSchema.parse(undefined)).toEqual([]);
    expect(networkAclsSchema.parse([{ NetworkAclId: 'acl-1', VpcId: vpcId, IsDefault: false }])).toEqual([
      { id: 'acl-1', vpcId, isDefault: false, subnetIds: [], entries: [] },
    ]);
  });

  it('has entries of IPv6 too, which say nothing of IPv4, and associations of no subnet', () => {
    const entry6 = { RuleNumber: 1, Egress: true, RuleAction: 'deny', Protocol: '-1', Ipv6CidrBlock: '::/0' };
    const [list] = networkAclsSchema.parse([
      { NetworkAclId: 'acl-1', VpcId: vpcId, IsDefault: true, Entries: [entry6], Associations: [{}] },
    ]);

    expect(list).toMatchObject({ entries: [], subnetIds: [] });
  });
});
