import { z } from 'zod';
import type { Finding } from '../../support/finding.ts';
import { isInside } from '../networks.ts';
import { problem, remark } from './findings.ts';
import { halves } from './halves.ts';
import type { Subnet } from './subnets.ts';

const id = z.string().optional();
const target = {
  GatewayId: id,
  NatGatewayId: id,
  TransitGatewayId: id,
  VpcPeeringConnectionId: id,
  NetworkInterfaceId: id,
  LocalGatewayId: id,
  CarrierGatewayId: id,
  CoreNetworkArn: id,
};

const routeSchema = z
  .object({ DestinationCidrBlock: id, DestinationPrefixListId: id, State: z.string(), ...target })
  .transform(({ DestinationCidrBlock: cidr, DestinationPrefixListId: prefixList, State, ...targets }) => ({
    cidr,
    prefixList,
    active: State === 'active',
    target: Object.values(targets)
      .filter((each) => each !== undefined)
      .join(),
  }));
type Route = z.output<typeof routeSchema>;

export const routeTablesSchema = z
  .array(
    z
      .object({
        RouteTableId: z.string(),
        VpcId: z.string(),
        Associations: z.array(z.object({ Main: z.boolean().optional(), SubnetId: id })).default([]),
        Routes: z.array(routeSchema).default([]),
      })
      .transform(({ RouteTableId: id, VpcId: vpcId, Associations, Routes: routes }) => ({
        id,
        vpcId,
        main: Associations.some(({ Main }) => Main),
        subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
        routes,
      })),
  )
  .default([]);
export type RouteTable = z.output<typeof routeTablesSchema>[number];

type Obstacle = 'missing' | 'blackhole' | 'internet' | 'local' | 'unread';

/** Neither lets the other side open a connection to a private address. */
const internet = /^(igw|nat|cagw)-/;

interface Destination extends Route {
  readonly cidr: string;
}

const hasCidr = (route: Route): route is Destination => route.cidr !== undefined;

const width = ({ cidr }: Destination): number => Number(cidr.split('/')[1]);

/** The routes that take the parts of a network, by the longest prefix; undefined for a part that none takes. */
const takers = (routes: readonly Destination[], network: string): readonly (Destination | undefined)[] => {
  if (routes.some(({ cidr }) => cidr !== network && isInside(cidr, network)))
    return halves(network).flatMap((half) => takers(routes, half));
  const covering = routes.filter(({ cidr }) => isInside(network, cidr));
  return [covering.toSorted((one, other) => width(other) - width(one))[0]];
};

const obstacle = (route: Destination | undefined): Obstacle | null => {
  if (route === undefined) return 'missing';
  if (!route.active) return 'blackhole';
  if (route.target === 'local') return 'local';
  return internet.test(route.target) ? 'internet' : null;
};

/** What is in the way from a table's subnets to a network. */
const obstacles = ({ routes }: RouteTable, network: string): ReadonlySet<Obstacle> => {
  const lists = routes.some(
    ({ prefixList, target }) => prefixList !== undefined && !target.startsWith('vpce-'),
  );
  const found = takers(routes.filter(hasCidr), network).map(obstacle);
  return new Set(
    found
      .filter((each) => each !== null)
      .map((each) => (lists && (each === 'missing' || each === 'internet') ? 'unread' : each)),
  );
};

const words: Readonly<Record<Obstacle, (networks: string) => string>> = {
  missing: (networks) =>
    `has no route to all of ${networks}. Add one through the VPN, Direct Connect, transit gateway or peering that leads there`,
  blackhole: (networks) =>
    `routes ${networks} to a target that is gone (blackhole). Replace that route by one to a target that works`,
  internet: (networks) =>
    `leads to ${networks} only through an internet or NAT gateway, where no domain controller can answer by itself. Add a route through the VPN, Direct Connect, transit gateway or peering that leads there`,
  local: (networks) =>
    `keeps ${networks} in its own VPC, whose addresses overlap it. Use subnets whose addresses differ`,
  unread: (networks) =>
    `has no route to ${networks} by address; its routes by prefix list were not looked into. See to it that one of them covers it`,
};

const isUnread = (kind: Obstacle): boolean => kind === 'unread';

const tableOf = (tables: readonly RouteTable[], subnet: Subnet): RouteTable | undefined =>
  tables.find(({ subnetIds }) => subnetIds.includes(subnet.id)) ??
  tables.find(({ main, vpcId }) => main && vpcId === subnet.vpcId);

/** What keeps the subnets from reaching the networks by their route tables; `code` is what the findings' codes begin with. */
export const routeFindings = (
  tables: readonly RouteTable[],
  subnets: readonly Subnet[],
  networks: readonly string[],
  code: string,
): readonly Finding[] =>
  [...Map.groupBy(subnets, (subnet) => tableOf(tables, subnet))].flatMap(([table, members]) => {
    const names = members.map((subnet) => subnet.id).join(', ');
    if (table === undefined)
      return [
        remark(
          `${code}-unread`,
          `This account does not see the route table of ${names}. See to it that it leads to ${networks.join(', ')}.`,
        ),
      ];
    if (networks.length === 0) return [];
    const found = networks.flatMap((network) =>
      [...obstacles(table, network)].map((kind) => ({ kind, network })),
    );
    return [...Map.groupBy(found, ({ kind }) => kind)].map(([kind, those]) => {
      const make = isUnread(kind) ? remark : problem;
      const blocked = those.map(({ network }) => network).join(', ');
      return make(`${code}-${kind}`, `The route table ${table.id} of ${names} ${words[kind](blocked)}.`);
    });
  });
