import type * as Ec2 from '@aws-sdk/client-ec2';
import type { IpPermission, TagSpecification } from '@aws-sdk/client-ec2';
import type { Operations } from '../../wire/operations.ts';
import { ServiceError } from '../../wire/service-error.ts';
import type { Network, Rule, SecurityGroup, Tags } from '../../world/network.ts';
import { chosen, type Facts, filtered, invalid, needed, page, refuseDryRun, tagsOf } from './answers.ts';
import { answeredPermissions, answeredRule, askedRules, checkNewRules, namedRules } from './rules.ts';

const groupNotFound = ['InvalidGroup.NotFound', 'security group'] as const;

const groupFacts: Facts<SecurityGroup> = {
  'group-id': ({ id }) => [id],
  'group-name': ({ name }) => [name],
  'vpc-id': ({ vpcId }) => [vpcId],
  description: ({ description }) => [description],
};

type RuleOfGroup = Rule & { readonly groupId: string };

const ruleFacts: Facts<RuleOfGroup> = {
  'group-id': ({ groupId }) => [groupId],
  'security-group-rule-id': ({ id }) => [id],
};

const tagsAsked = (specifications: readonly TagSpecification[] | undefined, resourceType: string): Tags => {
  for (const { ResourceType } of specifications ?? [])
    if (ResourceType !== resourceType)
      throw invalid(`'${ResourceType}' is not a valid taggable resource type for this operation.`);
  const tags = (specifications ?? []).flatMap(({ Tags }) => Tags ?? []);
  return Object.fromEntries(tags.map(({ Key, Value }) => [needed(Key, 'tag key'), Value ?? '']));
};

interface Change {
  DryRun?: boolean | undefined;
  GroupId?: string | undefined;
  IpPermissions?: IpPermission[] | undefined;
}

/** The operations on security groups and their rules. */
export const securityGroups = (network: Network, accountId: string): Operations<typeof Ec2> => {
  const group = (id: string | undefined): SecurityGroup => {
    const [found] = chosen(network.securityGroups, [needed(id, 'groupId')], groupNotFound);
    return needed(found, 'groupId');
  };

  const authorize = (
    input: Change & { TagSpecifications?: TagSpecification[] | undefined },
    egress: boolean,
  ): { Return: boolean; SecurityGroupRules: Ec2.SecurityGroupRule[] } => {
    const changed = group(input.GroupId);
    const rules = askedRules(input.IpPermissions, egress);
    checkNewRules(network, changed, rules);
    refuseDryRun(input);
    const added = network.addRules(
      changed.id,
      rules,
      tagsAsked(input.TagSpecifications, 'security-group-rule'),
    );
    return {
      Return: true,
      SecurityGroupRules: added.map((rule) => answeredRule(rule, changed.id, accountId)),
    };
  };

  const revoke = (
    input: Change & { SecurityGroupRuleIds?: string[] | undefined },
    egress: boolean,
  ): { Return: boolean } => {
    const changed = group(input.GroupId);
    const rules = namedRules(changed, egress, input.SecurityGroupRuleIds, input.IpPermissions);
    refuseDryRun(input);
    network.removeRules(
      changed.id,
      rules.map(({ id }) => id),
    );
    return { Return: true };
  };

  return {
    DescribeSecurityGroups(input) {
      if ((input.GroupNames ?? []).length > 0)
        throw invalid('Group names are for a default VPC, which this account has not; filter by group-name');
      const wanted = chosen(network.securityGroups, input.GroupIds, groupNotFound);
      const { things, ...next } = page(filtered(wanted, input.Filters, groupFacts), input);
      const SecurityGroups = things.map(({ rules, ...shown }) => ({
        GroupId: shown.id,
        GroupName: shown.name,
        Description: shown.description,
        VpcId: shown.vpcId,
        OwnerId: accountId,
        IpPermissions: answeredPermissions(
          rules.filter(({ egress }) => !egress),
          accountId,
        ),
        IpPermissionsEgress: answeredPermissions(
          rules.filter(({ egress }) => egress),
          accountId,
        ),
        Tags: tagsOf(shown),
      }));
      return { SecurityGroups, ...next };
    },

    DescribeSecurityGroupRules(input) {
      const all = [...network.securityGroups.values()].flatMap(({ id, rules }) =>
        rules.map((rule): [string, RuleOfGroup] => [rule.id, { ...rule, groupId: id }]),
      );
      const wanted = chosen(new Map(all), input.SecurityGroupRuleIds, [
        'InvalidSecurityGroupRuleId.NotFound',
        'security group rule ID',
      ]);
      const { things, ...next } = page(filtered(wanted, input.Filters, ruleFacts), input);
      return {
        SecurityGroupRules: things.map((rule) => answeredRule(rule, rule.groupId, accountId)),
        ...next,
      };
    },

    CreateSecurityGroup(input) {
      const name = needed(input.GroupName, 'groupName');
      const description = needed(input.Description, 'groupDescription');
      const [vpc] = chosen(network.vpcs, [needed(input.VpcId, 'vpcId')], ['InvalidVpcID.NotFound', 'vpc ID']);
      const vpcId = needed(vpc, 'vpcId').id;
      if ([...network.securityGroups.values()].some((other) => other.vpcId === vpcId && other.name === name))
        throw new ServiceError(
          'InvalidGroup.Duplicate',
          `The security group '${name}' already exists for VPC '${vpcId}'`,
        );
      if (name.startsWith('sg-')) throw invalid(`Value (${name}) for parameter GroupName is invalid.`);
      const tags = tagsAsked(input.TagSpecifications, 'security-group');
      refuseDryRun(input);
      const made = network.addSecurityGroup(vpcId, name, description, tags);
      return { GroupId: made.id, Tags: tagsOf(made) };
    },

    DeleteSecurityGroup(input) {
      const { id } = group(input.GroupId);
      const used = [...network.interfaces.values()].some(({ securityGroupIds }) =>
        securityGroupIds.includes(id),
      );
      const referenced = [...network.securityGroups.values()].some(
        (other) => other.id !== id && other.rules.some(({ peer }) => peer === id),
      );
      if (used || referenced)
        throw new ServiceError('DependencyViolation', `resource ${id} has a dependent object`);
      refuseDryRun(input);
      network.removeSecurityGroup(id);
      return { Return: true, GroupId: id };
    },

    AuthorizeSecurityGroupIngress: (input) => authorize(input, false),
    AuthorizeSecurityGroupEgress: (input) => authorize(input, true),
    RevokeSecurityGroupIngress: (input) => revoke(input, false),
    RevokeSecurityGroupEgress: (input) => revoke(input, true),
  };
};
