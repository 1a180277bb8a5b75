import type {
  IpPermission,
  IpRange,
  Ipv6Range,
  SecurityGroupRule,
  UserIdGroupPair,
} from '@aws-sdk/client-ec2';
import { ServiceError } from '../../wire/service-error.ts';
import { canonical } from '../../world/network/addresses.ts';
import type { Network, NewRule, Rule, SecurityGroup } from '../../world/network.ts';
import { invalid, needed, tagsOf } from './answers.ts';

const rulesPerDirection = 60;

const protocols = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmpv6'],
  ['all', '-1'],
]);

const cidrOf = (cidr: string): string => {
  try {
    return canonical(cidr);
  } catch {
    throw invalid(`CIDR block ${cidr} is malformed`);
  }
};

const portsOf = (
  protocol: string,
  { FromPort, ToPort }: IpPermission,
): Pick<NewRule, 'fromPort' | 'toPort'> => {
  if (protocol !== 'tcp' && protocol !== 'udp') {
    const asked = protocol === '-1' ? {} : { FromPort, ToPort };
    return { fromPort: asked.FromPort ?? -1, toPort: asked.ToPort ?? -1 };
  }
  if (FromPort === undefined || ToPort === undefined)
    throw invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  if (FromPort > ToPort || FromPort < 0 || ToPort > 65535)
    throw invalid(`Invalid value '${FromPort}-${ToPort}' for portRange.`);
  return { fromPort: FromPort, toPort: ToPort };
};

const rulesOf = (permission: IpPermission, egress: boolean): readonly NewRule[] => {
  if ((permission.PrefixListIds ?? []).length > 0)
    throw new ServiceError('UnsupportedOperation', 'This account has no prefix lists');
  const asked = needed(permission.IpProtocol, 'ipProtocol').toLowerCase();
  const protocol = protocols.get(asked) ?? asked;
  const ports = portsOf(protocol, permission);
  const rule = (peer: string, description: string | undefined): NewRule => ({
    egress,
    protocol,
    ...ports,
    peer,
    description: description ?? null,
  });
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp, Description }) => rule(cidrOf(needed(CidrIp, 'cidrIp')), Description)),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => rule(cidrOf(needed(CidrIpv6, 'cidrIpv6')), Description)),
    ...UserIdGroupPairs.map(({ GroupId, Description }) => rule(needed(GroupId, 'groupId'), Description)),
  ];
};

const isSame = (one: NewRule, other: NewRule): boolean =>
  one.egress === other.egress &&
  one.protocol === other.protocol &&
  one.fromPort === other.fromPort &&
  one.toPort === other.toPort &&
  one.peer === other.peer;

const inWords = ({ protocol, fromPort, toPort, peer }: NewRule): string =>
  protocol === '-1'
    ? `peer: ${peer}, ALL, ALLOW`
    : `peer: ${peer}, ${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}, ALLOW`;

/** What a caller wants opened or closed, as rules. */
export const askedRules = (
  permissions: readonly IpPermission[] | undefined,
  egress: boolean,
): readonly NewRule[] => {
  const rules = (permissions ?? []).flatMap((permission) => rulesOf(permission, egress));
  if (rules.length === 0)
    throw new ServiceError('MissingParameter', 'No rules were given: ipPermissions is empty');
  return rules;
};

/** Refuses what AWS refuses: a rule twice, a group that is not there, one rule too many. */
export const checkNewRules = (network: Network, group: SecurityGroup, rules: readonly NewRule[]): void => {
  for (const [index, rule] of rules.entries()) {
    if (rule.peer.startsWith('sg-') && !network.securityGroups.has(rule.peer))
      throw new ServiceError('InvalidGroup.NotFound', `The security group '${rule.peer}' does not exist`);
    if (rules.findIndex((other) => isSame(rule, other)) !== index)
      throw invalid('The same permission must not appear multiple times');
    if (group.rules.some((there) => isSame(rule, there)))
      throw new ServiceError(
        'InvalidPermission.Duplicate',
        `the specified rule "${inWords(rule)}" already exists`,
      );
  }
  const all = [...group.rules.filter(({ egress }) => egress === rules[0]?.egress), ...rules];
  const counted = [/^(?!.*:)/, /:|^sg-/].map((family) => all.filter(({ peer }) => family.test(peer)).length);
  if (counted.some((count) => count > rulesPerDirection))
    throw new ServiceError(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
};

/** The rules that a revocation names, by their ids or by what they say. */
export const namedRules = (
  group: SecurityGroup,
  egress: boolean,
  ids: readonly string[] | undefined,
  permissions: readonly IpPermission[] | undefined,
): readonly Rule[] => {
  const there = group.rules.filter((rule) => rule.egress === egress);
  if (ids !== undefined && ids.length > 0)
    return ids.map((id) => {
      const rule = there.find((candidate) => candidate.id === id);
      if (rule !== undefined) return rule;
      throw new ServiceError(
        'InvalidSecurityGroupRuleId.NotFound',
        `The security group rule ID '${id}' does not exist`,
      );
    });
  return askedRules(permissions, egress).map((asked) => {
    const rule = there.find((candidate) => isSame(candidate, asked));
    if (rule !== undefined) return rule;
    throw new ServiceError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  });
};

const peerKind = (peer: string): 'group' | 'v4' | 'v6' => {
  if (peer.startsWith('sg-')) return 'group';
  return peer.includes(':') ? 'v6' : 'v4';
};

/** A rule as DescribeSecurityGroupRules shows it. */
export const answeredRule = (rule: Rule, groupId: string, accountId: string): SecurityGroupRule => {
  const peers = {
    group: { ReferencedGroupInfo: { GroupId: rule.peer, UserId: accountId } },
    v4: { CidrIpv4: rule.peer },
    v6: { CidrIpv6: rule.peer },
  };
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: groupId,
    GroupOwnerId: accountId,
    IsEgress: rule.egress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...peers[peerKind(rule.peer)],
    ...(rule.description === null ? {} : { Description: rule.description }),
    Tags: tagsOf(rule),
  };
};

/** Rules as DescribeSecurityGroups shows them: those of the same ports together. */
export const answeredPermissions = (rules: readonly Rule[], accountId: string): IpPermission[] => {
  const together = Map.groupBy(
    rules,
    ({ protocol, fromPort, toPort }) => `${protocol} ${fromPort} ${toPort}`,
  );
  return [...together.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const IpRanges: IpRange[] = [];
    const Ipv6Ranges: Ipv6Range[] = [];
    const UserIdGroupPairs: UserIdGroupPair[] = [];
    for (const { peer, description } of same) {
      const said = description === null ? {} : { Description: description };
      const kind = peerKind(peer);
      if (kind === 'v4') IpRanges.push({ CidrIp: peer, ...said });
      else if (kind === 'v6') Ipv6Ranges.push({ CidrIpv6: peer, ...said });
      else UserIdGroupPairs.push({ GroupId: peer, UserId: accountId, ...said });
    }
    const ports = first.protocol === '-1' ? {} : { FromPort: first.fromPort, ToPort: first.toPort };
    return [
      { IpProtocol: first.protocol, ...ports, IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds: [] },
    ];
  });
};
