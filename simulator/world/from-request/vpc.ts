import { clearOf } from '../network/addresses.ts';
import type { World } from '../world.ts';

const gateway = 'vgw-0f1e2d3c4b5a69788';

/** Where the VPC may lie: private networks first, then any, because a company may have all of those. */
const prefixes = [
  '10.64',
  '172.24',
  '192.168',
  '100.64',
  '198.18',
  ...Array.from({ length: 100 }, (_none, index) => `${index + 11}.64`),
];

/** A VPC clear of the company's networks with a way to the company; the subnets of each group lie in two zones. */
export const layOut = (
  world: World,
  vpcId: string,
  groups: readonly (readonly string[])[],
  companyNetworks: readonly string[],
): void => {
  const { network, region } = world;
  const zones = [`${region}a`, `${region}b`];
  const zoneOf = (subnetId: string): string | undefined => network.subnets.get(subnetId)?.zone;
  const { cidr } =
    network.vpcs.get(vpcId) ?? network.addVpc(vpcId, `${clearOf(companyNetworks, prefixes)}.0.0/16`);
  const [first = '', second = ''] = cidr.split('.');
  for (const group of groups)
    for (const subnetId of group) {
      if (network.subnets.has(subnetId)) continue;
      const third = [...network.subnets.values()].filter((subnet) => subnet.vpcId === vpcId).length;
      const taken = new Set(group.map(zoneOf));
      const zone = zones.find((zone) => !taken.has(zone)) ?? `${region}a`;
      network.addSubnet(subnetId, vpcId, `${first}.${second}.${third}.0/24`, zone);
    }
  const [subnetId = ''] = groups.flat();
  for (const destination of companyNetworks)
    network.route(subnetId, { destination, target: gateway, state: 'active' });
};
