import { clearOf } from '../network/addresses.ts';
import { known } from '../network/known.ts';
import type { World } from '../world.ts';

const gateway = 'vgw-0f1e2d3c4b5a69788';
const peering = 'pcx-1f2e3d4c5b6a79880';

/** Where the VPC may lie: private networks first, then any, because a company may have all of those. */
const prefixes = [
  '10.64',
  '172.24',
  '192.168',
  '100.64',
  '198.18',
  ...Array.from({ length: 100 }, (_none, index) => `${index + 11}.64`),
];

/** A VPC clear of what is taken, with a way to the company; the subnets of each group lie in two zones. */
export const layOut = (
  world: World,
  vpcId: string,
  groups: readonly (readonly string[])[],
  companyNetworks: readonly string[],
  taken: readonly string[],
): void => {
  const { network, region } = world;
  const others = [...network.vpcs.values()].map(({ cidr }) => cidr);
  const zones = [`${region}a`, `${region}b`];
  const zoneOf = (subnetId: string): string | undefined => network.subnets.get(subnetId)?.zone;
  const { cidr } =
    network.vpcs.get(vpcId) ?? network.addVpc(vpcId, `${clearOf([...taken, ...others], prefixes)}.0.0/16`);
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

/** Connects the VPCs of these subnets, where they are two. */
export const peer = (
  { network }: World,
  [one = '']: readonly string[],
  [other = '']: readonly string[],
): void => {
  const cidrOf = (subnetId: string): string =>
    known(network.vpcs, known(network.subnets, subnetId).vpcId).cidr;
  if (cidrOf(one) === cidrOf(other)) return;
  network.route(one, { destination: cidrOf(other), target: peering, state: 'active' });
  network.route(other, { destination: cidrOf(one), target: peering, state: 'active' });
};
