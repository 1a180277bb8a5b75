import {
  type EC2Client,
  type IpPermission,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { Opening, Rule } from './openings.ts';

export { covers, missing, type Opening, openings, type Rule } from './openings.ts';

export const readRule = (rule: SecurityGroupRule): Rule => ({
  id: rule.SecurityGroupRuleId ?? '',
  groupId: rule.GroupId ?? '',
  egress: rule.IsEgress ?? false,
  protocol: rule.IpProtocol ?? '',
  fromPort: rule.FromPort ?? -1,
  toPort: rule.ToPort ?? -1,
  peer: rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId ?? '',
  description: rule.Description ?? '',
});

/** Every rule of these groups, in both directions. */
export const rulesOf = async (ec2: EC2Client, groupIds: readonly string[]): Promise<readonly Rule[]> => {
  const rules: Rule[] = [];
  const Filters = [{ Name: 'group-id', Values: [...groupIds] }];
  for await (const page of paginateDescribeSecurityGroupRules({ client: ec2 }, { Filters }))
    rules.push(...(page.SecurityGroupRules ?? []).map(readRule));
  return rules;
};

/** The openings as EC2 wants them. */
export const permissions = (wanted: readonly Opening[], description: string): IpPermission[] =>
  wanted.map(({ protocol, fromPort, toPort, peer }) => ({
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: toPort,
    ...(peer.startsWith('sg-')
      ? { UserIdGroupPairs: [{ GroupId: peer, Description: description }] }
      : { IpRanges: [{ CidrIp: peer, Description: description }] }),
  }));
