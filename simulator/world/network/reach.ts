import type { Network } from '../network.ts';
import { isPrivate, prefixLength, within } from './addresses.ts';
import { known } from './known.ts';
import type { NetworkAclEntry, Place, Route, Rule, Traffic } from './records.ts';

const admitsTraffic = (rule: Rule, { protocol, port }: Traffic, other: Place): boolean =>
  (rule.protocol === '-1' || (rule.protocol === protocol && rule.fromPort <= port && port <= rule.toPort)) &&
  (rule.peer.startsWith('sg-')
    ? other.securityGroupIds.includes(rule.peer)
    : within(other.address, rule.peer));

const groups = (
  network: Network,
  place: Place,
  egress: boolean,
  traffic: Traffic,
  other: Place,
): true | string => {
  const ids = place.securityGroupIds;
  const rules = ids.flatMap((id) => known(network.securityGroups, id).rules);
  if (rules.some((rule) => rule.egress === egress && admitsTraffic(rule, traffic, other))) return true;
  const who =
    ids.length === 1 ? `the security group ${ids[0]} has` : `the security groups ${ids.join(', ')} have`;
  const way = egress
    ? `egress rule for ${traffic.protocol} ${traffic.port} to`
    : `ingress rule for ${traffic.protocol} ${traffic.port} from`;
  return `${who} no ${way} ${other.address}`;
};

const leadsThere = (route: Route | undefined, address: string, isLocal: boolean): boolean => {
  if (route === undefined || route.state === 'blackhole') return false;
  if (route.target === 'local') return isLocal;
  return !(/^(igw|nat)-/.test(route.target) && isPrivate(address));
};

const routes = (network: Network, subnetId: string, address: string): true | string => {
  const { vpcId } = known(network.subnets, subnetId);
  const table = network.routeTableOf(subnetId);
  const [best] = table.routes
    .filter((route) => within(address, route.destination))
    .toSorted((one, other) => prefixLength(other.destination) - prefixLength(one.destination));
  if (leadsThere(best, address, within(address, known(network.vpcs, vpcId).cidr))) return true;
  return `the route table ${table.id} of ${subnetId} has no active route that leads to ${address}`;
};

interface Ports {
  readonly protocol: 'tcp' | 'udp';
  readonly fromPort: number;
  readonly toPort: number;
}

/** Whether the entries, in their order, let all of these ports through: what one lets through the next need not. */
const letThrough = ([entry, ...rest]: readonly NetworkAclEntry[], ports: Ports): boolean => {
  if (ports.fromPort > ports.toPort) return true;
  if (entry === undefined) return false;
  const concerns =
    entry.protocol === '-1' ||
    (entry.protocol === ports.protocol && entry.fromPort <= ports.toPort && ports.fromPort <= entry.toPort);
  if (!concerns) return letThrough(rest, ports);
  if (entry.action === 'deny') return false;
  if (entry.protocol === '-1') return true;
  return (
    letThrough(rest, { ...ports, toPort: entry.fromPort - 1 }) &&
    letThrough(rest, { ...ports, fromPort: entry.toPort + 1 })
  );
};

const acl = (
  network: Network,
  subnetId: string,
  egress: boolean,
  ports: Ports,
  address: string,
): true | string => {
  const list = network.networkAclOf(subnetId);
  const entries = list.entries
    .filter((entry) => entry.egress === egress && within(address, entry.cidr))
    .toSorted((one, other) => one.number - other.number);
  if (letThrough(entries, ports)) return true;
  const range = ports.fromPort === ports.toPort ? ports.fromPort : `${ports.fromPort}-${ports.toPort}`;
  return `the network ACL ${list.id} of ${subnetId} does not let ${ports.protocol} ${range} ${egress ? 'out to' : 'in from'} ${address}`;
};

/** Whether traffic gets there and its answers back; if not, the cause in words. */
export const reach = (network: Network, from: Place, to: Place, traffic: Traffic): true | string => {
  const there = { protocol: traffic.protocol, fromPort: traffic.port, toPort: traffic.port };
  const back = { protocol: traffic.protocol, fromPort: 1024, toPort: 65535 };
  const sides = [
    { place: from, other: to, egress: true, out: there, in: back },
    { place: to, other: from, egress: false, out: back, in: there },
  ];
  for (const { place, other, egress, ...ports } of sides) {
    if (place.subnetId === null) continue;
    const crossesSubnets = place.subnetId !== other.subnetId;
    const answers = [
      groups(network, place, egress, traffic, other),
      routes(network, place.subnetId, other.address),
      crossesSubnets ? acl(network, place.subnetId, true, ports.out, other.address) : true,
      crossesSubnets ? acl(network, place.subnetId, false, ports.in, other.address) : true,
    ];
    const cause = answers.find((answer) => answer !== true);
    if (cause !== undefined) return cause;
  }
  return true;
};
