import type { Finding } from '../../support/finding.ts';
import { routeFindings } from './routes.ts';
import type { Subnet } from './subnets.ts';
import type { Territory } from './territory.ts';

/** What keeps subnets of different VPCs from each other, there and back; within one VPC nothing does. */
export const connected = (
  { routeTables }: Territory,
  one: readonly Subnet[],
  other: readonly Subnet[],
  code: string,
): readonly Finding[] => {
  const way = (from: readonly Subnet[], to: readonly Subnet[]): readonly Finding[] =>
    [...Map.groupBy(from, ({ vpcId }) => vpcId)].flatMap(([vpcId, members]) => {
      const networks = to.filter((subnet) => subnet.vpcId !== vpcId).map(({ cidr }) => cidr);
      return routeFindings(routeTables, members, networks, code);
    });
  return [...way(one, other), ...way(other, one)];
};
