import type { Finding } from '../../support/finding.ts';
import { networkAclFindings, type Passage } from './network-acl.ts';
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

/** What the network ACLs of clients and of servers keep from passing between them; inside a subnet there is none. */
export const passable = (
  { networkAcls }: Territory,
  clients: readonly Subnet[],
  servers: readonly Subnet[],
  passage: Passage,
): readonly Finding[] => {
  const way = (ones: readonly Subnet[], others: readonly Subnet[], traffic: Passage): readonly Finding[] => {
    const beyond = ({ id: own }: Subnet) => others.filter(({ id }) => id !== own).map(({ cidr }) => cidr);
    return [...Map.groupBy(ones, (one) => beyond(one).join(' '))].flatMap(([networks, members]) =>
      networks === '' ? [] : networkAclFindings(networkAcls, members, networks.split(' '), traffic),
    );
  };
  return [
    ...way(clients, servers, passage),
    ...way(servers, clients, { ...passage, out: passage.in, in: passage.out }),
  ];
};
