import * as ec2Package from '@aws-sdk/client-ec2';
import { readTerritory } from '../../../functions/request/checks/territory.ts';
import { ec2 } from '../../../simulator/services/ec2.ts';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import type { NetworkAclEntry, Route } from '../../../simulator/world/network/records.ts';
import { Network } from '../../../simulator/world/network.ts';
import { Random } from '../../../simulator/world/random.ts';
import { configurationFor } from '../../support/configuration.ts';

export const vpcId = 'vpc-0000000000000000a';
export const otherVpcId = 'vpc-0000000000000000b';
export const subnetIds = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];
export const otherSubnetIds = ['subnet-0000000000000000c', 'subnet-0000000000000000d'];
export const company = '10.20.0.0/16';

const [first = ''] = subnetIds;
const [otherFirst = ''] = otherSubnetIds;
const setting = {
  clock: new VirtualClock(0),
  accountId: '111122223333',
  region: 'eu-central-1',
};

/** Two VPCs of two subnets each, as EC2 shows them; the first leads to the company. */
export const country = () => {
  const network = new Network({ ...setting, random: new Random(1) });
  network.addVpc(vpcId, '10.0.0.0/16');
  network.addVpc(otherVpcId, '10.1.0.0/16');
  subnetIds.forEach((id, at) => {
    network.addSubnet(id, vpcId, `10.0.${at}.0/24`, `eu-central-1${at === 0 ? 'a' : 'b'}`);
  });
  otherSubnetIds.forEach((id, at) => {
    network.addSubnet(id, otherVpcId, `10.1.${at}.0/24`, `eu-central-1${at === 0 ? 'a' : 'b'}`);
  });
  network.route(first, { destination: company, target: 'vgw-1', state: 'active' });
  const endpoint = new Endpoint([service('ec2', ec2Package, ec2(network, setting))]);
  const client = new ec2Package.EC2Client(configurationFor(endpoint));
  return {
    network,
    client,
    /** Replaces what leads out of the first VPC. */
    routes: (...routes: readonly Route[]): void => {
      network.routeTableOf(first).routes = [];
      for (const route of routes) network.route(first, route);
    },
    /** A peering connection between the two VPCs, with its routes in the one, the other, or both. */
    peer: (...from: readonly ('here' | 'there')[]): void => {
      const peering = { target: 'pcx-1', state: 'active' } as const;
      if (from.includes('here')) network.route(first, { destination: '10.1.0.0/16', ...peering });
      if (from.includes('there')) network.route(otherFirst, { destination: '10.0.0.0/16', ...peering });
    },
    /** Replaces the entries of the network ACL of the first VPC. */
    entries: (...entries: readonly NetworkAclEntry[]): void => {
      network.networkAclOf(first).entries = entries;
    },
    territory: () => readTerritory(client, vpcId, [...subnetIds, ...otherSubnetIds]),
  };
};
