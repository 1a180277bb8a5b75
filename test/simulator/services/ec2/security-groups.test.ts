import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { by, ec2Account, tcp } from '../../../support/ec2-account.ts';

describe('EC2 shows', () => {
  it('security groups, rules of the same ports together', async () => {
    const { ec2, network, group } = await ec2Account();
    network.addRules(group.id, [
      { ...tcp('10.1.0.0/16', 1433), description: 'one' },
      tcp('10.2.0.0/16', 1433),
      tcp('2001:db8::/32', 1433),
      tcp(group.id, 445),
    ]);
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [group.id] }));
    expect(SecurityGroups).toMatchObject([
      {
        GroupId: group.id,
        GroupName: 'orders',
        Description: 'The orders database',
        VpcId: 'vpc-1',
        Tags: [{ Key: 'team', Value: 'orders' }],
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 1433,
            ToPort: 1433,
            IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'one' }, { CidrIp: '10.2.0.0/16' }],
            Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
          },
          { FromPort: 445, UserIdGroupPairs: [{ GroupId: group.id }] },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
    expect(SecurityGroups?.[0]?.IpPermissionsEgress?.[0]?.FromPort).toBeUndefined();
  });

  it('single rules, by their group and by their id, whoever is at the other end', async () => {
    const { ec2, network, group } = await ec2Account();
    const other = network.addSecurityGroup('vpc-1', 'other', 'Another');
    const [rule] = network.addRules(group.id, [tcp(other.id, 445), tcp('2001:db8::/32', 1433)]);
    const all = await ec2.send(new DescribeSecurityGroupRulesCommand(by('group-id', group.id)));
    expect(all.SecurityGroupRules).toMatchObject([
      { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' },
      { IsEgress: false, GroupId: group.id, FromPort: 445, ReferencedGroupInfo: { GroupId: other.id } },
      { CidrIpv6: '2001:db8::/32' },
    ]);
    const one = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [rule?.id ?? ''] }),
    );
    expect(one.SecurityGroupRules).toMatchObject([{ SecurityGroupRuleId: rule?.id }]);
  });
});

describe('CreateSecurityGroup and DeleteSecurityGroup', () => {
  const asked = {
    GroupName: 'fresh',
    Description: 'Fresh',
    VpcId: 'vpc-1',
    TagSpecifications: [{ ResourceType: 'security-group' as const, Tags: [{ Key: 'a', Value: 'b' }] }],
  };

  it('make a group that lets everything out, and take it away', async () => {
    const { ec2, network } = await ec2Account();
    const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(asked));
    expect(network.securityGroups.get(GroupId)).toMatchObject({
      name: 'fresh',
      vpcId: 'vpc-1',
      tags: { a: 'b' },
      rules: [{ egress: true, protocol: '-1', peer: '0.0.0.0/0' }],
    });
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    expect(network.securityGroups.has(GroupId)).toBe(false);
  });

  it.each([
    ['a name that is taken', { GroupName: 'orders' }, 'InvalidGroup.Duplicate'],
    ['a name that looks like an id', { GroupName: 'sg-1' }, 'InvalidParameterValue'],
    ['a VPC that is not there', { VpcId: 'vpc-x' }, 'InvalidVpcID.NotFound'],
    ['no VPC', { VpcId: undefined }, 'MissingParameter'],
    [
      'tags of something else',
      { TagSpecifications: [{ ResourceType: 'vpc' as const }] },
      'InvalidParameterValue',
    ],
    ['no more than the question', { DryRun: true }, 'DryRunOperation'],
  ])('refuse %s', async (_name, change, name) => {
    const { ec2, network } = await ec2Account();
    await expect(ec2.send(new CreateSecurityGroupCommand({ ...asked, ...change }))).rejects.toMatchObject({
      name,
    });
    expect(network.securityGroups.size).toBe(1);
  });

  it('take the same name in another VPC', async () => {
    const { ec2, network } = await ec2Account();
    await ec2.send(new CreateSecurityGroupCommand({ ...asked, GroupName: 'orders', VpcId: 'vpc-2' }));
    expect(network.securityGroups.size).toBe(2);
  });

  it('keep a group that somebody stands in, or that another names', async () => {
    const { ec2, network, group } = await ec2Account();
    const named = network.addSecurityGroup('vpc-1', 'named', 'Named');
    network.addRules(group.id, [tcp(named.id, 445)]);
    for (const GroupId of [group.id, named.id])
      await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
        name: 'DependencyViolation',
      });
  });
});
