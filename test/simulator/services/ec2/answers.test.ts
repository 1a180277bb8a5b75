import {
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  paginateDescribeSecurityGroupRules,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { by, ec2Account, tcp } from '../../../support/ec2-account.ts';

describe('what EC2 answers to a question', () => {
  it('pages', async () => {
    const { ec2, network, group } = await ec2Account();
    network.addRules(
      group.id,
      Array.from({ length: 11 }, (_, port) => tcp('10.1.0.0/16', port)),
    );
    const sizes: (number | undefined)[] = [];
    const pages = paginateDescribeSecurityGroupRules({ client: ec2, pageSize: 5 }, by('group-id', group.id));
    for await (const { SecurityGroupRules } of pages) sizes.push(SecurityGroupRules?.length);
    expect(sizes).toEqual([5, 5, 2]);
    await expect(ec2.send(new DescribeVpcsCommand({ MaxResults: 4 }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(ec2.send(new DescribeVpcsCommand({ NextToken: 'x!' }))).rejects.toMatchObject({
      name: 'InvalidPaginationToken',
    });
  });

  it.each([
    ['group-name', ['ord*'], 1],
    ['group-name', ['order?'], 1],
    ['group-name', ['o.ders'], 0],
    ['group-name', ['ORDERS'], 0],
    ['group-name', ['none', 'orders'], 1],
    ['description', ['The orders database'], 1],
    ['vpc-id', ['vpc-2'], 0],
    ['tag:team', ['orders'], 1],
    ['tag:team', ['others'], 0],
    ['tag:other', ['orders'], 0],
    ['tag-key', ['team'], 1],
  ])('what a filter lets through: %s %s', async (name, values, count) => {
    const { ec2 } = await ec2Account();
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand(by(name, ...values)));
    expect(SecurityGroups).toHaveLength(count);
  });

  it.each([
    ['a VPC', new DescribeVpcsCommand({ VpcIds: ['vpc-x'] }), 'InvalidVpcID.NotFound'],
    ['a subnet', new DescribeSubnetsCommand({ SubnetIds: ['subnet-x'] }), 'InvalidSubnetID.NotFound'],
    ['a group', new DescribeSecurityGroupsCommand({ GroupIds: ['sg-x'] }), 'InvalidGroup.NotFound'],
    ['an instance', new DescribeInstancesCommand({ InstanceIds: ['i-x'] }), 'InvalidInstanceID.NotFound'],
    ['a filter', new DescribeSubnetsCommand(by('vpcid', 'vpc-1')), 'InvalidParameterValue'],
    [
      'a filter without a name',
      new DescribeSubnetsCommand({ Filters: [{ Values: ['x'] }] }),
      'MissingParameter',
    ],
    ['group names', new DescribeSecurityGroupsCommand({ GroupNames: ['orders'] }), 'InvalidParameterValue'],
  ])('an error for what it does not know: %s', async (_name, command, name) => {
    const { ec2 } = await ec2Account();
    await expect(ec2.send(command)).rejects.toMatchObject({ name });
  });
});
