// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
import type * as Ec2 from '@aws-sdk/client-ec2';
import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { Access } from '../access.ts';
import { anywhere, on, type Resource, sentTags } from '../resources.ts';
import type { Doubt, Rows, Surroundings } from '../rows.ts';
import { newThing, securityGroup, vpc } from './network-resources.ts';

export const unverified: readonly Doubt[] = [
  {
    operation: 'ec2:RevokeSecurityGroupEgress',
    why: 'Whether rules named by id are resources of it too. AWS\'s example ("Work with security groups") allows the group alone, so that is all that is asked.',
  },
  {
    operation: 'ec2:CreateSecurityGroup',
    why: 'Whether ec2:Vpc is known of a group that is being made. It is left out, so a policy must not ask for it.',
  },
];

const tagsFor = (specifications: readonly TagSpecification[] | undefined, kind: string) =>
  (specifications ?? [])
    .filter(({ ResourceType }) => ResourceType === kind)
    .flatMap(({ Tags }) => Tags ?? []);

/** The tags that something gets while it is made. */
const tagging = (resource: Resource, sent: Access['context'], creation: string): readonly Access[] =>
  Object.keys(sent).length === 0
    ? []
    : [on('ec2:CreateTags', resource, { ...sent, 'ec2:CreateAction': [creation] })];

interface Change {
  readonly GroupId?: string | undefined;
  readonly TagSpecifications?: TagSpecification[] | undefined;
}

/** Rules are resources of their own only where they are tagged. */
const authorize = (operation: string) => (input: Change, at: Surroundings) => {
  const rule = newThing(at, 'security-group-rule');
  const sent = sentTags(tagsFor(input.TagSpecifications, 'security-group-rule'));
  const tags = tagging(rule, sent, operation);
  return [
    on(`ec2:${operation}`, securityGroup(at, input.GroupId)),
    ...(tags.length === 0 ? [] : [on(`ec2:${operation}`, rule, sent)]),
    ...tags,
  ];
};

const revoke = (operation: string) => (input: Change, at: Surroundings) => [
  on(`ec2:${operation}`, securityGroup(at, input.GroupId)),
];

const look = (operation: string) => () => anywhere(`ec2:${operation}`);

export const ec2: Rows<typeof Ec2> = {
  DescribeInstances: look('DescribeInstances'),
  DescribeNetworkAcls: look('DescribeNetworkAcls'),
  DescribeRouteTables: look('DescribeRouteTables'),
  DescribeSecurityGroupRules: look('DescribeSecurityGroupRules'),
  DescribeSecurityGroups: look('DescribeSecurityGroups'),
  DescribeSubnets: look('DescribeSubnets'),
  DescribeVpcs: look('DescribeVpcs'),

  CreateSecurityGroup(input, at) {
    const group = newThing(at, 'security-group');
    const sent = sentTags(tagsFor(input.TagSpecifications, 'security-group'));
    return [
      on('ec2:CreateSecurityGroup', group, sent),
      on('ec2:CreateSecurityGroup', vpc(at, input.VpcId)),
      ...tagging(group, sent, 'CreateSecurityGroup'),
    ];
  },

  AuthorizeSecurityGroupEgress: authorize('AuthorizeSecurityGroupEgress'),
  AuthorizeSecurityGroupIngress: authorize('AuthorizeSecurityGroupIngress'),
  RevokeSecurityGroupEgress: revoke('RevokeSecurityGroupEgress'),
  RevokeSecurityGroupIngress: revoke('RevokeSecurityGroupIngress'),
};
