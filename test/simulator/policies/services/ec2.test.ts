import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { needs } from './needs.ts';

const vpcId = 'vpc-0123456789abcdef0';
const vpcArn = `arn:aws:ec2:eu-central-1:111122223333:vpc/${vpcId}`;

const tags = (ResourceType: string) => [{ ResourceType, Tags: [{ Key: 'team', Value: 'orders' }] }];
const sent = 'aws:RequestTag/team=orders aws:TagKeys=team';

describe('What EC2 needs', () => {
  let world: World;
  let group: string;
  let groupId: string;

  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
    world.network.addVpc(vpcId, '10.0.0.0/16').tags['owner'] = 'network';
    groupId = world.network.addSecurityGroup(vpcId, 'database', 'A database', { team: 'orders' }).id;
    group = `ec2:security-group/${groupId} aws:ResourceTag/team=orders ec2:ResourceTag/team=orders ec2:SecurityGroupID=${groupId} ec2:Vpc=${vpcArn}`;
  });

  it('for a new group: the group, its VPC, and its tags while it is made', () => {
    const input = { GroupName: 'x', VpcId: vpcId, TagSpecifications: tags('security-group') };
    expect(needs(world, 'ec2', 'CreateSecurityGroup', input)).toEqual([
      `ec2:CreateSecurityGroup on ec2:security-group/* ${sent}`,
      `ec2:CreateSecurityGroup on ec2:vpc/${vpcId} aws:ResourceTag/owner=network ec2:ResourceTag/owner=network ec2:VpcID=${vpcId}`,
      `ec2:CreateTags on ec2:security-group/* ${sent} ec2:CreateAction=CreateSecurityGroup`,
    ]);
  });

  it('for a new group without tags: no tagging', () => {
    expect(needs(world, 'ec2', 'CreateSecurityGroup', { VpcId: vpcId }).join()).not.toContain('CreateTags');
  });

  it.each([
    'AuthorizeSecurityGroupEgress',
    'AuthorizeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
  ])('for %s: the group, with its tags and its VPC', (operation) => {
    expect(needs(world, 'ec2', operation, { GroupId: groupId })).toEqual([`ec2:${operation} on ${group}`]);
  });

  it.each(['AuthorizeSecurityGroupEgress', 'AuthorizeSecurityGroupIngress'])(
    'for %s with tags: the rules as well',
    (operation) => {
      const input = { GroupId: groupId, TagSpecifications: tags('security-group-rule') };
      expect(needs(world, 'ec2', operation, input)).toEqual([
        `ec2:${operation} on ${group}`,
        `ec2:${operation} on ec2:security-group-rule/* ${sent}`,
        `ec2:CreateTags on ec2:security-group-rule/* ${sent} ec2:CreateAction=${operation}`,
      ]);
    },
  );

  it('for a group that is not there: its ARN alone', () => {
    expect(needs(world, 'ec2', 'RevokeSecurityGroupEgress', { GroupId: 'sg-1' })).toEqual([
      'ec2:RevokeSecurityGroupEgress on ec2:security-group/sg-1 ec2:SecurityGroupID=sg-1',
    ]);
  });

  it.each([
    'DescribeInstances',
    'DescribeNetworkAcls',
    'DescribeRouteTables',
    'DescribeSecurityGroupRules',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeVpcs',
  ])('for %s: nothing narrower than everything', (operation) => {
    expect(needs(world, 'ec2', operation, { VpcIds: [vpcId] })).toEqual([`ec2:${operation} on *`]);
  });
});
