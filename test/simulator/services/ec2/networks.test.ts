import {
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { by, ec2Account } from '../../../support/ec2-account.ts';

describe('EC2 shows', () => {
  it('VPCs and subnets', async () => {
    const { ec2 } = await ec2Account();
    expect(await ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-2'] }))).toMatchObject({
      Vpcs: [{ VpcId: 'vpc-2', CidrBlock: '10.9.0.0/16', State: 'available' }],
    });
    expect(await ec2.send(new DescribeSubnetsCommand(by('vpc-id', 'vpc-1')))).toMatchObject({
      Subnets: [
        { SubnetId: 'subnet-a', VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'eu-west-1a' },
        { SubnetId: 'subnet-b', AvailabilityZone: 'eu-west-1b' },
      ],
    });
  });

  it('route tables, with every kind of target', async () => {
    const { ec2, network } = await ec2Account();
    const table = network.addRouteTable('vpc-1', ['subnet-b']);
    const targets = ['vgw-1', 'tgw-1', 'pcx-1', 'nat-1', 'eni-1'];
    for (const [index, target] of targets.entries())
      network.route('subnet-b', { destination: `10.${index + 1}.0.0/16`, target, state: 'blackhole' });
    const asked = new DescribeRouteTablesCommand(by('association.subnet-id', 'subnet-b'));
    expect(await ec2.send(asked)).toMatchObject({
      RouteTables: [
        {
          RouteTableId: table.id,
          VpcId: 'vpc-1',
          Associations: [{ SubnetId: 'subnet-b', Main: false }],
          Routes: [
            { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
            { DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'vgw-1', State: 'blackhole' },
            { TransitGatewayId: 'tgw-1' },
            { VpcPeeringConnectionId: 'pcx-1' },
            { NatGatewayId: 'nat-1' },
            { NetworkInterfaceId: 'eni-1' },
          ],
        },
      ],
    });
    const main = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [
          { Name: 'vpc-id', Values: ['vpc-1'] },
          { Name: 'association.main', Values: ['true'] },
        ],
      }),
    );
    expect(main.RouteTables).toMatchObject([{ Associations: [{ Main: true }] }]);
  });

  it('network ACLs, closed by AWS’s last entry', async () => {
    const { ec2, network } = await ec2Account();
    const list = network.addNetworkAcl(
      'vpc-1',
      ['subnet-b'],
      [
        {
          number: 7,
          egress: true,
          action: 'allow',
          protocol: 'udp',
          fromPort: 53,
          toPort: 54,
          cidr: '10.0.0.0/8',
        },
        {
          number: 8,
          egress: false,
          action: 'deny',
          protocol: '-1',
          fromPort: 0,
          toPort: 65_535,
          cidr: '0.0.0.0/0',
        },
      ],
    );
    const { NetworkAcls } = await ec2.send(
      new DescribeNetworkAclsCommand(by('association.subnet-id', 'subnet-b')),
    );
    expect(NetworkAcls).toMatchObject([
      {
        NetworkAclId: list.id,
        IsDefault: false,
        Associations: [{ SubnetId: 'subnet-b' }],
        Entries: [
          {
            RuleNumber: 7,
            Egress: true,
            Protocol: '17',
            PortRange: { From: 53, To: 54 },
            CidrBlock: '10.0.0.0/8',
          },
          { RuleNumber: 8, Egress: false, Protocol: '-1', RuleAction: 'deny' },
          { RuleNumber: 32_767, Egress: true, RuleAction: 'deny' },
          { RuleNumber: 32_767, Egress: false, RuleAction: 'deny' },
        ],
      },
    ]);
    const standard = await ec2.send(new DescribeNetworkAclsCommand(by('default', 'true')));
    expect(standard.NetworkAcls?.map(({ VpcId }) => VpcId)).toEqual(['vpc-1', 'vpc-2']);
  });

  it('where an instance stands', async () => {
    const { ec2, group } = await ec2Account();
    const where = { SubnetId: 'subnet-a', VpcId: 'vpc-1', PrivateIpAddress: '10.0.1.4' };
    const groups = [{ GroupId: group.id, GroupName: 'orders' }];
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-1'] }));
    expect(Reservations?.[0]?.Instances).toMatchObject([
      {
        InstanceId: 'i-1',
        ...where,
        SecurityGroups: groups,
        NetworkInterfaces: [{ ...where, Groups: groups }],
        State: { Name: 'running' },
      },
    ]);
  });

  it.each([
    ['vpc-id', 'vpc-2', 1],
    ['cidr', '10.9.0.0/16', 1],
    ['state', 'available', 2],
  ])('VPCs by %s', async (name, value, count) => {
    const { ec2 } = await ec2Account();
    expect((await ec2.send(new DescribeVpcsCommand(by(name, value)))).Vpcs).toHaveLength(count);
  });

  it.each([
    ['subnet-id', 'subnet-b', 1],
    ['availability-zone', 'eu-west-1?', 2],
    ['cidr-block', '10.0.2.0/24', 1],
  ])('subnets by %s', async (name, value, count) => {
    const { ec2 } = await ec2Account();
    expect((await ec2.send(new DescribeSubnetsCommand(by(name, value)))).Subnets).toHaveLength(count);
  });

  it('each of its things by the id', async () => {
    const { ec2, network } = await ec2Account();
    const table = network.routeTableOf('subnet-a').id;
    const list = network.networkAclOf('subnet-a').id;

    const tables = await ec2.send(new DescribeRouteTablesCommand(by('route-table-id', table)));
    const lists = await ec2.send(new DescribeNetworkAclsCommand(by('network-acl-id', list)));
    const ofVpc = await ec2.send(new DescribeNetworkAclsCommand(by('vpc-id', 'vpc-1')));
    const instances = await ec2.send(new DescribeInstancesCommand(by('instance-id', 'i-1')));
    const running = await ec2.send(new DescribeInstancesCommand(by('instance-state-name', 'running')));

    expect(tables.RouteTables).toMatchObject([{ RouteTableId: table }]);
    expect([lists.NetworkAcls, ofVpc.NetworkAcls]).toMatchObject([
      [{ NetworkAclId: list }],
      [{ NetworkAclId: list }],
    ]);
    expect([instances.Reservations?.length, running.Reservations?.length]).toEqual([1, 1]);
  });
});
