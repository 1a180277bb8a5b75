import { z } from 'zod';
import { domainControllerPorts } from '../../support/active-directory-ports.ts';
import type { Finding } from '../../support/finding.ts';
import { isInside, overlap } from '../networks.ts';
import { problem, remark } from './findings.ts';
import { halves } from './halves.ts';
import type { Subnet } from './subnets.ts';

const everyPort = { From: 0, To: 65_535 };

const entrySchema = z
  .object({
    RuleNumber: z.number(),
    Egress: z.boolean(),
    RuleAction: z.string(),
    Protocol: z.string(),
    CidrBlock: z.string().optional(),
    PortRange: z.object({ From: z.number(), To: z.number() }).default(everyPort),
  })
  .transform((entry) => ({
    number: entry.RuleNumber,
    egress: entry.Egress,
    allows: entry.RuleAction === 'allow',
    protocol: entry.Protocol,
    cidr: entry.CidrBlock,
    fromPort: entry.PortRange.From,
    toPort: entry.PortRange.To,
  }));

interface Entry extends z.output<typeof entrySchema> {
  readonly cidr: string;
}

const isIpv4 = (entry: z.output<typeof entrySchema>): entry is Entry => entry.cidr !== undefined;

export const networkAclsSchema = z
  .array(
    z
      .object({
        NetworkAclId: z.string(),
        VpcId: z.string(),
        IsDefault: z.boolean(),
        Associations: z.array(z.object({ SubnetId: z.string().optional() })).default([]),
        Entries: z.array(entrySchema).default([]),
      })
      .transform(({ NetworkAclId: id, VpcId: vpcId, IsDefault: isDefault, Associations, Entries }) => ({
        id,
        vpcId,
        isDefault,
        subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
        entries: Entries.filter(isIpv4).toSorted((one, other) => one.number - other.number),
      })),
  )
  .default([]);
export type NetworkAcl = z.output<typeof networkAclsSchema>[number];

interface Ports {
  readonly protocol: 'tcp' | 'udp';
  readonly fromPort: number;
  readonly toPort: number;
}

interface Traffic extends Ports {
  readonly network: string;
}

const protocolNumbers = { tcp: '6', udp: '17' };

/** Whether the entries, in their order, let all of it through: what one lets through the next need not. */
const letThrough = ([entry, ...rest]: readonly Entry[], traffic: Traffic): boolean => {
  const { protocol, fromPort, toPort, network } = traffic;
  if (fromPort > toPort) return true;
  if (entry === undefined) return false;
  const concerns =
    (entry.protocol === '-1' || entry.protocol === protocolNumbers[protocol]) &&
    entry.fromPort <= toPort &&
    fromPort <= entry.toPort &&
    overlap(entry.cidr, network);
  if (!concerns) return letThrough(rest, traffic);
  if (!entry.allows) return false;
  if (!isInside(network, entry.cidr))
    return halves(network).every((half) => letThrough([entry, ...rest], { ...traffic, network: half }));
  return (
    letThrough(rest, { ...traffic, toPort: entry.fromPort - 1 }) &&
    letThrough(rest, { ...traffic, fromPort: entry.toPort + 1 })
  );
};

/** Answers go back to one of these. */
const ephemeral: readonly [Ports, Ports] = [
  { protocol: 'tcp', fromPort: 1024, toPort: 65_535 },
  { protocol: 'udp', fromPort: 1024, toPort: 65_535 },
];

/** What has to pass a network ACL, seen from its subnets. */
export interface Passage {
  readonly name: string;
  readonly out: readonly Ports[];
  readonly in: readonly Ports[];
}

const bothWays = [...domainControllerPorts, ...ephemeral];
const activeDirectory: Passage = { name: "Active Directory's ports", out: bothWays, in: bothWays };

const [tcpAnswers] = ephemeral;

/** What a member of a domain sends to its domain controllers and gets back; nobody there calls it. */
export const memberPassage: Passage = {
  name: "Active Directory's ports and their answers",
  out: domainControllerPorts,
  in: ephemeral,
};

/** What a client of a server at that TCP port sends out and gets back; for the server it is the other way round. */
export const clientPassage = (port: number): Passage => ({
  name: `tcp ${port} and its answers`,
  out: [{ protocol: 'tcp', fromPort: port, toPort: port }],
  in: [tcpAnswers],
});

const inWords = ({ protocol, fromPort, toPort }: Ports): string =>
  `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;

const blocked = (
  list: NetworkAcl,
  network: string,
  wanted: readonly Ports[],
  egress: boolean,
): readonly string[] => {
  const entries = list.entries.filter((entry) => entry.egress === egress);
  return wanted.filter((ports) => !letThrough(entries, { ...ports, network })).map(inWords);
};

const findingOf = (
  list: NetworkAcl,
  names: string,
  network: string,
  passage: Passage,
): readonly Finding[] => {
  const ways = [
    { way: 'out to', ports: blocked(list, network, passage.out, true) },
    { way: 'in from', ports: blocked(list, network, passage.in, false) },
  ].filter(({ ports }) => ports.length > 0);
  if (ways.length === 0) return [];
  const what = ways.map(({ way, ports }) => `${way} it ${ports.join(', ')}`).join(' and ');
  return [
    problem(
      'network-acl',
      `Between ${names} and ${network} the network ACL ${list.id} does not let through ${what}. Allow these ports in it; 1024-65535 are the answers'.`,
    ),
  ];
};

const listOf = (lists: readonly NetworkAcl[], subnet: Subnet): NetworkAcl | undefined =>
  lists.find(({ subnetIds }) => subnetIds.includes(subnet.id)) ??
  lists.find(({ isDefault, vpcId }) => isDefault && vpcId === subnet.vpcId);

/** What the network ACLs of subnets keep from or to networks: of Active Directory, unless something else is to pass. */
export const networkAclFindings = (
  lists: readonly NetworkAcl[],
  subnets: readonly Subnet[],
  networks: readonly string[],
  passage = activeDirectory,
): readonly Finding[] =>
  [...Map.groupBy(subnets, (subnet) => listOf(lists, subnet))].flatMap(([list, members]) => {
    const names = members.map(({ id }) => id).join(', ');
    if (list === undefined)
      return [
        remark(
          'network-acl-unread',
          `This account does not see the network ACL of ${names}. See to it that it lets ${passage.name} through, both ways, for ${networks.join(', ')}.`,
        ),
      ];
    return networks.flatMap((network) => findingOf(list, names, network, passage));
  });
