import type { Network } from '../network.ts';
import { nth } from './addresses.ts';
import { known } from './known.ts';
import type { Thing } from './records.ts';

/** Whatever has that id. */
export const thingWith = (network: Network, id: string): Thing | undefined => {
  const groups = [...network.securityGroups.values()];
  const things: readonly ReadonlyMap<string, Thing>[] = [
    network.vpcs,
    network.subnets,
    network.routeTables,
    network.networkAcls,
    network.securityGroups,
    network.interfaces,
    network.instances,
    new Map(groups.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule]))),
  ];
  return things.map((some) => some.get(id)).find((found) => found !== undefined);
};

interface OfSubnets {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** The one that names the subnet, or its VPC's default. */
export const ofSubnet = <One extends OfSubnets>(
  network: Network,
  all: ReadonlyMap<string, One>,
  subnetId: string,
  isDefault: (one: One) => boolean,
): One => {
  const { vpcId } = known(network.subnets, subnetId);
  const ofVpc = [...all.values()].filter((one) => one.vpcId === vpcId);
  const found = ofVpc.find((one) => one.subnetIds.includes(subnetId)) ?? ofVpc.find(isDefault);
  if (found === undefined) throw new RangeError(`The world has nothing for ${subnetId}.`);
  return found;
};

/** The next address of a subnet; AWS keeps the first four to itself. */
export const freeAddress = ({ interfaces, subnets }: Network, subnetId: string): string => {
  const taken = new Set([...interfaces.values()].map(({ address }) => address));
  const { cidr } = known(subnets, subnetId);
  let steps = 4;
  while (taken.has(nth(cidr, steps))) steps += 1;
  return nth(cidr, steps);
};
