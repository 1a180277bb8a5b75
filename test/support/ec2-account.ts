import type { Filter } from '@aws-sdk/client-ec2';
import type { NewRule } from '../../simulator/world/network.ts';
import { networkAccount } from './network-account.ts';

/** Two VPCs, one with two subnets, a security group and an instance in it. */
export const ec2Account = async () => {
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

export const by = (Name: string, ...Values: string[]): { Filters: Filter[] } => ({
  Filters: [{ Name, Values }],
});
export const from = (CidrIp: string, FromPort = 1433, ToPort = FromPort) => ({
  IpProtocol: 'tcp',
  FromPort,
  ToPort,
  IpRanges: [{ CidrIp }],
});
export const tcp = (peer: string, port: number): NewRule => ({
  egress: false,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  peer,
  description: null,
});
