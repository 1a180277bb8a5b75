import type * as Ec2 from '@aws-sdk/client-ec2';
import type { NetworkAclEntry as AnsweredEntry, Route as AnsweredRoute } from '@aws-sdk/client-ec2';
import type { Operations } from '../../wire/operations.ts';
import { known } from '../../world/network/known.ts';
import type {
  Instance,
  NetworkAcl,
  NetworkAclEntry,
  Route,
  RouteTable,
  Subnet,
  Vpc,
} from '../../world/network/records.ts';
import type { Network } from '../../world/network.ts';
import { chosen, type Facts, filtered, page, tagsOf } from './answers.ts';

const vpcFacts: Facts<Vpc> = {
  'vpc-id': ({ id }) => [id],
  cidr: ({ cidr }) => [cidr],
  state: () => ['available'],
};

const subnetFacts: Facts<Subnet> = {
  'subnet-id': ({ id }) => [id],
  'vpc-id': ({ vpcId }) => [vpcId],
  'availability-zone': ({ zone }) => [zone],
  'cidr-block': ({ cidr }) => [cidr],
};

const routeTableFacts: Facts<RouteTable> = {
  'route-table-id': ({ id }) => [id],
  'vpc-id': ({ vpcId }) => [vpcId],
  'association.subnet-id': ({ subnetIds }) => subnetIds,
  'association.main': ({ main }) => [String(main)],
};

const networkAclFacts: Facts<NetworkAcl> = {
  'network-acl-id': ({ id }) => [id],
  'vpc-id': ({ vpcId }) => [vpcId],
  'association.subnet-id': ({ subnetIds }) => subnetIds,
  default: ({ isDefault }) => [String(isDefault)],
};

const instanceFacts: Facts<Instance> = {
  'instance-id': ({ id }) => [id],
  'instance-state-name': () => ['running'],
};

const targetOf = (target: string): AnsweredRoute => {
  if (target.startsWith('tgw-')) return { TransitGatewayId: target };
  if (target.startsWith('pcx-')) return { VpcPeeringConnectionId: target };
  if (target.startsWith('nat-')) return { NatGatewayId: target };
  if (target.startsWith('eni-')) return { NetworkInterfaceId: target };
  return { GatewayId: target };
};

const answeredRoute = ({ destination, target, state }: Route): AnsweredRoute => ({
  DestinationCidrBlock: destination,
  ...targetOf(target),
  State: state,
  Origin: target === 'local' ? 'CreateRouteTable' : 'CreateRoute',
});

const protocolNumbers = { '-1': '-1', tcp: '6', udp: '17' };

const answeredEntry = (entry: NetworkAclEntry): AnsweredEntry => ({
  RuleNumber: entry.number,
  Egress: entry.egress,
  RuleAction: entry.action,
  Protocol: protocolNumbers[entry.protocol],
  CidrBlock: entry.cidr,
  ...(entry.protocol === '-1' ? {} : { PortRange: { From: entry.fromPort, To: entry.toPort } }),
});

/** AWS shows the rule that closes every list, of each direction. */
const closing = [true, false].map((Egress) => ({
  RuleNumber: 32767,
  Egress,
  RuleAction: 'deny' as const,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
}));

/** The operations that show VPCs, and what stands and leads in them. */
export const networks = (network: Network, accountId: string): Operations<typeof Ec2> => ({
  DescribeVpcs(input) {
    const wanted = chosen(network.vpcs, input.VpcIds, ['InvalidVpcID.NotFound', 'vpc ID']);
    const { things, ...next } = page(filtered(wanted, input.Filters, vpcFacts), input);
    const Vpcs = things.map((vpc) => ({
      VpcId: vpc.id,
      CidrBlock: vpc.cidr,
      CidrBlockAssociationSet: [{ CidrBlock: vpc.cidr, CidrBlockState: { State: 'associated' as const } }],
      State: 'available' as const,
      OwnerId: accountId,
      IsDefault: false,
      Tags: tagsOf(vpc),
    }));
    return { Vpcs, ...next };
  },

  DescribeSubnets(input) {
    const wanted = chosen(network.subnets, input.SubnetIds, ['InvalidSubnetID.NotFound', 'subnet ID']);
    const { things, ...next } = page(filtered(wanted, input.Filters, subnetFacts), input);
    const Subnets = things.map((subnet) => ({
      SubnetId: subnet.id,
      VpcId: subnet.vpcId,
      CidrBlock: subnet.cidr,
      AvailabilityZone: subnet.zone,
      State: 'available' as const,
      OwnerId: accountId,
      Tags: tagsOf(subnet),
    }));
    return { Subnets, ...next };
  },

  DescribeRouteTables(input) {
    const wanted = chosen(network.routeTables, input.RouteTableIds, [
      'InvalidRouteTableID.NotFound',
      'routeTable ID',
    ]);
    const { things, ...next } = page(filtered(wanted, input.Filters, routeTableFacts), input);
    const RouteTables = things.map((table) => ({
      RouteTableId: table.id,
      VpcId: table.vpcId,
      OwnerId: accountId,
      Associations: [
        ...(table.main ? [{ Main: true, RouteTableId: table.id }] : []),
        ...table.subnetIds.map((SubnetId) => ({ Main: false, RouteTableId: table.id, SubnetId })),
      ],
      Routes: table.routes.map(answeredRoute),
      Tags: tagsOf(table),
    }));
    return { RouteTables, ...next };
  },

  DescribeNetworkAcls(input) {
    const wanted = chosen(network.networkAcls, input.NetworkAclIds, [
      'InvalidNetworkAclID.NotFound',
      'networkAcl ID',
    ]);
    const { things, ...next } = page(filtered(wanted, input.Filters, networkAclFacts), input);
    const NetworkAcls = things.map((list) => ({
      NetworkAclId: list.id,
      VpcId: list.vpcId,
      OwnerId: accountId,
      IsDefault: list.isDefault,
      Associations: list.subnetIds.map((SubnetId) => ({ NetworkAclId: list.id, SubnetId })),
      Entries: [...list.entries.map(answeredEntry), ...closing],
      Tags: tagsOf(list),
    }));
    return { NetworkAcls, ...next };
  },

  DescribeInstances(input) {
    const wanted = chosen(network.instances, input.InstanceIds, [
      'InvalidInstanceID.NotFound',
      'instance ID',
    ]);
    const { things, ...next } = page(filtered(wanted, input.Filters, instanceFacts), input);
    const Reservations = things.map((instance) => {
      const standing = known(network.interfaces, instance.interfaceId);
      const { vpcId } = known(network.subnets, standing.subnetId);
      const Groups = standing.securityGroupIds.map((GroupId) => ({
        GroupId,
        GroupName: known(network.securityGroups, GroupId).name,
      }));
      const where = { SubnetId: standing.subnetId, VpcId: vpcId, PrivateIpAddress: standing.address };
      return {
        OwnerId: accountId,
        Instances: [
          {
            InstanceId: instance.id,
            ...where,
            State: { Code: 16, Name: 'running' as const },
            SecurityGroups: Groups,
            NetworkInterfaces: [{ NetworkInterfaceId: standing.id, ...where, Groups }],
            Tags: tagsOf(instance),
          },
        ],
      };
    });
    return { Reservations, ...next };
  },
});
