import { openDirectoryTraffic } from '../../functions/directory/open-directory-traffic.ts';
import type { NewRule } from '../../simulator/world/network.ts';
import { networkAccount } from './network-account.ts';

export const company = '10.1.0.0/16';
export const clients = '10.2.0.0/16';
export const onPremises = { networks: [company], clientNetworks: [clients] };

export const rule = (change: Partial<NewRule>): NewRule => ({
  egress: false,
  protocol: 'tcp',
  fromPort: 0,
  toPort: 65_535,
  peer: '0.0.0.0/0',
  description: null,
  ...change,
});

/** A directory's group as AWS makes it today: in from its own VPC, out only to itself. */
export const surroundings = async () => {
  const account = await networkAccount();
  const { network } = account;
  network.addVpc('vpc-1', '10.0.0.0/16');
  network.addSubnet('subnet-a', 'vpc-1', '10.0.1.0/24', 'eu-west-1a');
  network.route('subnet-a', { destination: '10.0.0.0/8', target: 'tgw-1', state: 'active' });
  const group = network.addSecurityGroup('vpc-1', 'd-0123456789_controllers', 'AWS created security group');
  network.removeRules(
    group.id,
    group.rules.map(({ id }) => id),
  );
  network.addRules(group.id, [
    rule({ protocol: '-1', fromPort: -1, toPort: -1, egress: true, peer: group.id }),
    rule({ peer: '10.0.0.0/16' }),
  ]);
  const controller = network.addInterface('subnet-a', [group.id], 'A domain controller');
  const run = (asked = onPremises): Promise<unknown> =>
    account.run(openDirectoryTraffic, { directory: { securityGroupId: group.id }, onPremises: asked });
  return { ...account, group, controller, run };
};
