import {
  CfnVPCEndpoint,
  type ISecurityGroup,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';

/** Where the login function stands, and what it reaches from there. */
export interface LoginNetwork {
  readonly vpc: IVpc;
  readonly group: ISecurityGroup;
}

const makeEndpoint = (scope: Construct, { region, login }: Configuration, vpc: IVpc): ISecurityGroup => {
  const group = new SecurityGroup(scope, 'EndpointGroup', {
    vpc,
    description: 'Secrets Manager, for the login function of Forestbridge',
    allowAllOutbound: false,
  });
  new CfnVPCEndpoint(scope, 'SecretsEndpoint', {
    vpcId: login.vpcId,
    serviceName: `com.amazonaws.${region}.secretsmanager`,
    vpcEndpointType: 'Interface',
    privateDnsEnabled: true,
    subnetIds: login.subnetIds,
    securityGroupIds: [group.securityGroupId],
  });
  return group;
};

/** The login function's security group: databases and Secrets Manager are all that it reaches. */
export const makeLoginNetwork = (scope: Construct, configuration: Configuration): LoginNetwork => {
  const { login } = configuration;
  const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: login.vpcId,
    // Lambda asks for subnets alone; their zones are not known here.
    availabilityZones: login.subnetIds.map((_id, index) => `zone-${index}`),
    privateSubnetIds: login.subnetIds,
  });
  const group = new SecurityGroup(scope, 'LoginGroup', {
    vpc,
    description: 'The login function of Forestbridge',
    allowAllOutbound: false,
  });
  for (const network of login.databaseNetworks)
    group.addEgressRule(Peer.ipv4(network), Port.tcpRange(1150, 65_535), 'SQL Server');
  const endpoint =
    login.endpointSecurityGroupId === undefined
      ? makeEndpoint(scope, configuration, vpc)
      : SecurityGroup.fromSecurityGroupId(scope, 'GivenEndpointGroup', login.endpointSecurityGroupId);
  endpoint.addIngressRule(group, Port.tcp(443), 'The login function of Forestbridge');
  group.addEgressRule(endpoint, Port.tcp(443), 'Secrets Manager');
  return { vpc, group };
};
