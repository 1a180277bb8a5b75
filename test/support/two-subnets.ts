import { VirtualClock } from '../../simulator/world/clock.ts';
import { Network, type Place } from '../../simulator/world/network.ts';
import { Random } from '../../simulator/world/random.ts';

export const company: Place = { address: '192.168.10.5', subnetId: null, securityGroupIds: [] };
export const smb = { protocol: 'tcp', port: 445 } as const;

/** Two subnets of a VPC that lead to the company, one host in each, both with the same open group. */
export const surroundings = () => {
  const setting = {
    clock: new VirtualClock(0),
    random: new Random(7),
    accountId: '123456789012',
    region: 'eu-west-1',
  };
  const network = new Network(setting);
  network.addVpc('vpc-1', '10.0.0.0/16');
  network.addSubnet('subnet-a', 'vpc-1', '10.0.1.0/24', 'eu-west-1a');
  network.addSubnet('subnet-b', 'vpc-1', '10.0.2.0/24', 'eu-west-1b');
  network.route('subnet-a', { destination: '192.168.0.0/16', target: 'vgw-1', state: 'active' });
  const group = network.addSecurityGroup('vpc-1', 'open', 'Everything');
  network.addRules(group.id, [
    { egress: false, protocol: '-1', fromPort: -1, toPort: -1, peer: '0.0.0.0/0', description: null },
  ]);
  const here = network.addInterface('subnet-a', [group.id], 'one host');
  const there = network.addInterface('subnet-b', [group.id], 'another host');
  return { network, group, here, there };
};
