import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { directoryId, placeDirectory, subnetIds, vpcId } from '../../../support/company.ts';
import { needs } from './needs.ts';

const vpcArn = `arn:aws:ec2:eu-central-1:111122223333:vpc/${vpcId}`;

describe('What Directory Service needs', () => {
  let world: World;
  let groupId: string;
  let directory: ReturnType<typeof placeDirectory>;

  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
    directory = placeDirectory(world);
    directory.tags.set('team', 'orders');
    groupId = directory.securityGroupId;
  });

  it('for a new directory: its tags, and the network that is made for the caller', () => {
    const input = {
      Name: 'aws.example.com',
      Password: 'x',
      VpcSettings: { VpcId: vpcId, SubnetIds: subnetIds },
      Tags: [{ Key: 'forestbridge:request', Value: 'orders' }],
    };
    const tags = 'aws:RequestTag/forestbridge:request=orders aws:TagKeys=forestbridge:request';
    expect(needs(world, 'ds', 'CreateMicrosoftAD', input)).toEqual([
      `ds:CreateMicrosoftAD on * ${tags}`,
      `ds:AddTagsToResource on ds:directory/* ${tags}`,
      'for the caller: ec2:DescribeNetworkInterfaces on *',
      'for the caller: ec2:DescribeSubnets on *',
      'for the caller: ec2:DescribeVpcs on *',
      'for the caller: ec2:CreateSecurityGroup on ec2:security-group/*',
      `for the caller: ec2:CreateSecurityGroup on ec2:vpc/${vpcId} ec2:VpcID=${vpcId}`,
      `for the caller: ec2:AuthorizeSecurityGroupEgress on ec2:security-group/* ec2:Vpc=${vpcArn}`,
      `for the caller: ec2:AuthorizeSecurityGroupIngress on ec2:security-group/* ec2:Vpc=${vpcArn}`,
      'for the caller: ec2:CreateNetworkInterface on ec2:network-interface/*',
      `for the caller: ec2:CreateNetworkInterface on ec2:security-group/* ec2:Vpc=${vpcArn}`,
      ...subnetIds.map(
        (id) =>
          `for the caller: ec2:CreateNetworkInterface on ec2:subnet/${id} ec2:SubnetID=${id} ec2:Vpc=${vpcArn}`,
      ),
      'for the caller: ec2:CreateTags on ec2:security-group/*',
      `for the caller: ec2:CreateTags on ec2:security-group/* ${tags}`,
      `for the caller: ec2:CreateTags on ec2:security-group/* ec2:Vpc=${vpcArn}`,
      `for the caller: ec2:CreateTags on ec2:security-group/* ${tags} ec2:Vpc=${vpcArn}`,
      'for the caller: ec2:CreateTags on ec2:network-interface/*',
      `for the caller: ec2:CreateTags on ec2:network-interface/* ${tags}`,
    ]);
  });

  it('for a new directory without tags: none to hand on', () => {
    const tagging = needs(world, 'ds', 'CreateMicrosoftAD', { VpcSettings: { VpcId: vpcId } });
    expect(tagging.filter((need) => need.includes('ec2:CreateTags'))).toHaveLength(3);
  });

  it('for a tag of a directory: the tag, and handing it on to its group and interfaces, or nothing', () => {
    const tags = 'aws:RequestTag/forestbridge:request=orders aws:TagKeys=forestbridge:request';
    const Tags = [{ Key: 'forestbridge:request', Value: 'orders' }];
    const network = [
      [`ec2:security-group/${groupId}`, `ec2:SecurityGroupID=${groupId} ec2:Vpc=${vpcArn}`],
      ...[...world.network.interfaces.keys()].map((id) => [
        `ec2:network-interface/${id}`,
        `ec2:Vpc=${vpcArn}`,
      ]),
    ];
    expect(network).toHaveLength(3);
    expect(needs(world, 'ds', 'AddTagsToResource', { ResourceId: directoryId, Tags })).toEqual([
      `ds:AddTagsToResource on ds:directory/${directoryId} aws:RequestTag/forestbridge:request=orders aws:ResourceTag/team=orders aws:TagKeys=forestbridge:request`,
      ...network.flatMap(([id, context]) => [
        `for the caller: ec2:CreateTags on ${id} ${context}`,
        `for the caller: ec2:CreateTags on ${id} ${tags} ${context}`,
      ]),
    ]);
  });

  it('for the end of a directory: its group and its interfaces', () => {
    const interfaces = [...world.network.interfaces.keys()];
    const group = `ec2:security-group/${groupId} ec2:SecurityGroupID=${groupId} ec2:Vpc=${vpcArn}`;
    expect(interfaces).toHaveLength(2);
    expect(needs(world, 'ds', 'DeleteDirectory', { DirectoryId: directoryId })).toEqual([
      `ds:DeleteDirectory on ds:directory/${directoryId} aws:ResourceTag/team=orders`,
      'for the caller: ec2:DescribeNetworkInterfaces on *',
      ...interfaces.map(
        (id) => `for the caller: ec2:DeleteNetworkInterface on ec2:network-interface/${id} ec2:Vpc=${vpcArn}`,
      ),
      `for the caller: ec2:RevokeSecurityGroupEgress on ${group}`,
      `for the caller: ec2:RevokeSecurityGroupIngress on ${group}`,
      `for the caller: ec2:DeleteSecurityGroup on ${group}`,
    ]);
  });

  it('for routes that open the group as well: the rules of the group', () => {
    const input = { DirectoryId: directoryId, IpRoutes: [] };
    const opened = needs(world, 'ds', 'AddIpRoutes', {
      ...input,
      UpdateSecurityGroupForDirectoryControllers: true,
    });
    const group = `ec2:security-group/${groupId} ec2:SecurityGroupID=${groupId} ec2:Vpc=${vpcArn}`;
    expect(opened.slice(needs(world, 'ds', 'AddIpRoutes', input).length)).toEqual([
      `for the caller: ec2:AuthorizeSecurityGroupEgress on ${group}`,
      `for the caller: ec2:AuthorizeSecurityGroupIngress on ${group}`,
    ]);
  });

  it.each([
    'CreateConditionalForwarder',
    'CreateTrust',
    'DescribeConditionalForwarders',
    'ListIpRoutes',
    'UpdateConditionalForwarder',
  ])('for %s: the directory, with its tags', (operation) => {
    expect(needs(world, 'ds', operation, { DirectoryId: directoryId })).toEqual([
      `ds:${operation} on ds:directory/${directoryId} aws:ResourceTag/team=orders`,
    ]);
  });

  it('for the tags of a directory: the directory', () => {
    expect(needs(world, 'ds', 'ListTagsForResource', { ResourceId: directoryId })).toEqual([
      `ds:ListTagsForResource on ds:directory/${directoryId} aws:ResourceTag/team=orders`,
    ]);
  });

  it.each(['DeleteTrust', 'VerifyTrust'])('for %s: the directory of the trust', (operation) => {
    const { trustId } = world.trusts.create(directory, {
      remoteDomainName: 'corp.example.com',
      type: 'Forest',
      direction: 'One-Way: Outgoing',
      selectiveAuthentication: false,
      password: 'secret',
    });
    expect(needs(world, 'ds', operation, { TrustId: trustId })).toEqual([
      `ds:${operation} on ds:directory/${directoryId} aws:ResourceTag/team=orders`,
    ]);
    expect(needs(world, 'ds', operation, { TrustId: 't-0000000000' })).toEqual([
      `ds:${operation} on ds:directory/*`,
    ]);
  });

  it.each(['DescribeDirectories', 'DescribeTrusts', 'GetDirectoryLimits'])(
    'for %s: nothing narrower than everything',
    (operation) => {
      expect(needs(world, 'ds', operation, { DirectoryId: directoryId })).toEqual([`ds:${operation} on *`]);
    },
  );
});
