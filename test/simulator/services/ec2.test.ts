import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type Filter,
  paginateDescribeSecurityGroupRules,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { NewRule } from '../../../simulator/world/network.ts';
import { networkAccount } from '../../support/network-account.ts';

const surroundings = async () => {
  const account = await networkAccount();
  const { network } = account;
  network.addVpc('vpc-1', '10.0.0.0/16');
  network.addVpc('vpc-2', '10.9.0.0/16');
  network.addSubnet('subnet-a', 'vpc-1', '10.0.1.0/24', 'eu-west-1a');
  network.addSubnet('subnet-b', 'vpc-1', '10.0.2.0/24', 'eu-west-1b');
  const group = network.addSecurityGroup('vpc-1', 'orders', 'The orders database', { team: 'orders' });
  network.addInstance('i-1', 'subnet-a', [group.id]);
  return { ...account, group };
};

const by = (Name: string, ...Values: string[]): { Filters: Filter[] } => ({ Filters: [{ Name, Values }] });
const from = (CidrIp: string, FromPort = 1433, ToPort = FromPort) => ({
  IpProtocol: 'tcp',
  FromPort,
  ToPort,
  IpRanges: [{ CidrIp }],
});
const tcp = (peer: string, port: number): NewRule => ({
  egress: false,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  peer,
  description: null,
});

describe('EC2 shows', () => {
  it('VPCs and subnets', async () => {
    const { ec2 } = await surroundings();
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
    const { ec2, network } = await surroundings();
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
    const { ec2, network } = await surroundings();
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
    const { ec2, group } = await surroundings();
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

  it('security groups, rules of the same ports together', async () => {
    const { ec2, network, group } = await surroundings();
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
    const { ec2, network, group } = await surroundings();
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

  it('pages', async () => {
    const { ec2, network, group } = await surroundings();
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
    const { ec2 } = await surroundings();
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
    const { ec2 } = await surroundings();
    await expect(ec2.send(command)).rejects.toMatchObject({ name });
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
    const { ec2, network } = await surroundings();
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
    const { ec2, network } = await surroundings();
    await expect(ec2.send(new CreateSecurityGroupCommand({ ...asked, ...change }))).rejects.toMatchObject({
      name,
    });
    expect(network.securityGroups.size).toBe(1);
  });

  it('take the same name in another VPC', async () => {
    const { ec2, network } = await surroundings();
    await ec2.send(new CreateSecurityGroupCommand({ ...asked, GroupName: 'orders', VpcId: 'vpc-2' }));
    expect(network.securityGroups.size).toBe(2);
  });

  it('keep a group that somebody stands in, or that another names', async () => {
    const { ec2, network, group } = await surroundings();
    const named = network.addSecurityGroup('vpc-1', 'named', 'Named');
    network.addRules(group.id, [tcp(named.id, 445)]);
    for (const GroupId of [group.id, named.id])
      await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
        name: 'DependencyViolation',
      });
  });
});

describe('AuthorizeSecurityGroupIngress and Egress', () => {
  it('add rules, in AWS’s own writing, and answer with their ids', async () => {
    const { ec2, group } = await surroundings();
    const { SecurityGroupRules } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group.id,
        IpPermissions: [
          {
            IpProtocol: '6',
            FromPort: 1,
            ToPort: 2,
            IpRanges: [{ CidrIp: '100.68.0.18/18', Description: 'why' }],
          },
          { IpProtocol: '-1', FromPort: 5, ToPort: 6, Ipv6Ranges: [{ CidrIpv6: '2001:DB8::1/32' }] },
          { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, UserIdGroupPairs: [{ GroupId: group.id }] },
        ],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    );
    const added = group.rules.slice(1);
    expect(added).toMatchObject([
      {
        protocol: 'tcp',
        fromPort: 1,
        toPort: 2,
        peer: '100.68.0.0/18',
        description: 'why',
        tags: { a: 'b' },
      },
      { protocol: '-1', fromPort: -1, toPort: -1, peer: '2001:db8::/32', description: null },
      { protocol: 'icmp', fromPort: 8, toPort: -1, peer: group.id },
    ]);
    expect(SecurityGroupRules?.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId)).toEqual(
      added.map(({ id }) => id),
    );
  });

  it('fail the whole batch for one rule that is there', async () => {
    const { ec2, group } = await surroundings();
    const ingress = (...IpPermissions: object[]) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
    await ingress(from('10.1.0.0/16'));
    await expect(ingress(from('10.2.0.0/16'), from('10.1.0.9/16'))).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
      message:
        'the specified rule "peer: 10.1.0.0/16, TCP, from port: 1433, to port: 1433, ALLOW" already exists',
    });
    expect(group.rules).toHaveLength(2);
    const everything = {
      GroupId: group.id,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    };
    await expect(ec2.send(new AuthorizeSecurityGroupEgressCommand(everything))).rejects.toThrow(
      'peer: 0.0.0.0/0, ALL, ALLOW',
    );
  });

  it('hold 60 rules a direction and family', async () => {
    const { ec2, group } = await surroundings();
    const ranges = Array.from({ length: 60 }, (_, index) => from('10.1.0.0/16', index));
    const ingress = (...IpPermissions: object[]) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
    await ingress(...ranges);
    const full = { name: 'RulesPerSecurityGroupLimitExceeded' };
    await expect(ingress(from('10.1.0.0/16', 99))).rejects.toMatchObject(full);
    await ingress({ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] });
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({ GroupId: group.id, IpPermissions: ranges.slice(0, 59) }),
    );
    await expect(
      ec2.send(
        new AuthorizeSecurityGroupEgressCommand({
          GroupId: group.id,
          IpPermissions: [from('10.1.0.0/16', 99)],
        }),
      ),
    ).rejects.toMatchObject(full);
  });

  it.each([
    ['nothing', [], 'MissingParameter'],
    ['a rule for nobody', [{ IpProtocol: '-1' }], 'MissingParameter'],
    ['a rule of no protocol', [{ IpRanges: [{ CidrIp: '10.0.0.0/8' }] }], 'MissingParameter'],
    ['a network that is none', [from('10.0.0.0/33')], 'InvalidParameterValue'],
    ['no ports', [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }], 'InvalidParameterValue'],
    ['ports the wrong way round', [from('10.0.0.0/8', 2, 1)], 'InvalidParameterValue'],
    ['a port too high', [from('10.0.0.0/8', 65_536)], 'InvalidParameterValue'],
    ['a rule twice', [from('10.0.0.0/8'), from('10.9.9.9/8')], 'InvalidParameterValue'],
    [
      'a group that is not there',
      [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-x' }] }],
      'InvalidGroup.NotFound',
    ],
    [
      'a prefix list',
      [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
      'UnsupportedOperation',
    ],
  ])('refuse %s', async (_name, IpPermissions, name) => {
    const { ec2, group } = await surroundings();
    const asked = new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions });
    await expect(ec2.send(asked)).rejects.toMatchObject({ name });
    expect(group.rules).toHaveLength(1);
  });

  it('change nothing where they are only asked whether they might', async () => {
    const { ec2, group } = await surroundings();
    const asked = { GroupId: group.id, IpPermissions: [from('10.0.0.0/8')], DryRun: true };
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand(asked))).rejects.toMatchObject({
      name: 'DryRunOperation',
    });
    expect(group.rules).toHaveLength(1);
  });
});

describe('RevokeSecurityGroupIngress and Egress', () => {
  it('take rules away by their ids, and by what they say', async () => {
    const { ec2, network, group } = await surroundings();
    const [first] = network.addRules(group.id, [tcp('10.1.0.0/16', 1433), tcp('10.2.0.0/16', 1433)]);
    const SecurityGroupRuleIds = [first?.id ?? ''];
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, SecurityGroupRuleIds }));
    expect(group.rules.map(({ peer }) => peer)).toEqual(['0.0.0.0/0', '10.2.0.0/16']);
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [from('10.2.3.4/16')] }),
    );
    await ec2.send(
      new RevokeSecurityGroupEgressCommand({
        GroupId: group.id,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    );
    expect(group.rules).toEqual([]);
  });

  it('refuse rules that are not there, or of the other direction', async () => {
    const { ec2, group } = await surroundings();
    const ids = { GroupId: group.id, SecurityGroupRuleIds: [group.rules[0]?.id ?? ''] };
    await expect(ec2.send(new RevokeSecurityGroupIngressCommand(ids))).rejects.toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
    const said = { GroupId: group.id, IpPermissions: [from('10.1.0.0/16')] };
    await expect(ec2.send(new RevokeSecurityGroupEgressCommand(said))).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
    expect(group.rules).toHaveLength(1);
  });
});

describe('CreateTags', () => {
  it('tags whatever there is, and nothing else', async () => {
    const { ec2, network, group } = await surroundings();
    const Tags = [{ Key: 'team', Value: 'billing' }];
    const Resources = ['vpc-1', group.id, group.rules[0]?.id ?? ''];
    await ec2.send(new CreateTagsCommand({ Resources, Tags }));
    expect(network.vpcs.get('vpc-1')?.tags).toEqual({ team: 'billing' });
    expect(group).toMatchObject({ tags: { team: 'billing' }, rules: [{ tags: { team: 'billing' } }] });
    await expect(
      ec2.send(new CreateTagsCommand({ Resources: ['vpc-2', 'vpc-x'], Tags })),
    ).rejects.toMatchObject({
      name: 'InvalidID',
    });
    expect(network.vpcs.get('vpc-2')?.tags).toEqual({});
  });
});
