import { canonical } from '../../simulator/world/network/addresses.ts';
import type { NewRule, SecurityGroup } from '../../simulator/world/network.ts';
import type { Plan } from './plan.ts';
import type { Differences } from './schema.ts';

type Network = NonNullable<Differences['network']>;
type Acl = NonNullable<Network['networkAcls']>[number];
type Group = NonNullable<Network['securityGroups']>[number];
type Rule = Group['rules'][number];

const allPorts = { from: 0, to: 65_535 };

const isSubnet = (plan: Plan, path: string, subnetId: string, gone: readonly string[] = []): boolean => {
  const { subnets } = plan.world.network;
  if (subnets.has(subnetId) && !gone.includes(subnetId)) return true;
  if (gone.includes(subnetId)) plan.problem(path, `${subnetId} is to be missing; leave it out here or there`);
  else plan.problem(path, `there is no subnet ${subnetId}; the world has ${[...subnets.keys()].join(', ')}`);
  return false;
};

const loseSubnet = (plan: Plan, path: string, subnetId: string): void => {
  const { network } = plan.world;
  if (!isSubnet(plan, path, subnetId)) return;
  const inhabitant = [...network.interfaces.values()].find((one) => one.subnetId === subnetId);
  if (inhabitant !== undefined)
    plan.problem(path, `${subnetId} cannot be missing: in it stands ${inhabitant.description}`);
  else plan.change(() => void network.subnets.delete(subnetId));
};

const addAcl = (plan: Plan, path: string, { subnetIds, rules }: Acl, gone: readonly string[]): void => {
  const { network } = plan.world;
  const known = subnetIds.filter((subnetId, index) =>
    isSubnet(plan, `${path}.subnetIds[${index}]`, subnetId, gone),
  );
  const vpcIds = new Set(known.map((subnetId) => network.subnets.get(subnetId)?.vpcId ?? ''));
  if (vpcIds.size > 1) plan.problem(`${path}.subnetIds`, 'write subnets of one VPC');
  const entries = rules.map(({ direction, protocol, ports = allPorts, action, cidr }, index) => ({
    number: 100 + index,
    egress: direction === 'out',
    action,
    protocol: protocol === 'all' ? ('-1' as const) : protocol,
    fromPort: ports.from,
    toPort: ports.to,
    cidr,
  }));
  const [vpcId] = vpcIds;
  if (vpcId !== undefined) plan.change(() => void network.addNetworkAcl(vpcId, subnetIds, entries));
};

const newRule = ({ direction, protocol, ports = allPorts }: Rule, peer: string): NewRule => ({
  egress: direction === 'out',
  protocol: protocol === 'all' ? '-1' : protocol,
  fromPort: protocol === 'all' ? -1 : ports.from,
  toPort: protocol === 'all' ? -1 : ports.to,
  peer,
  description: null,
});

/** The security groups of that id or name. */
const groupsOf = ({ world }: Plan, wanted: string): readonly SecurityGroup[] =>
  [...world.network.securityGroups.values()].filter(({ id, name }) => id === wanted || name === wanted);

const changeGroup = (plan: Plan, path: string, { group: asked, rules }: Group): void => {
  const { network } = plan.world;
  const named = (wanted: string, at: string): readonly SecurityGroup[] => {
    const found = groupsOf(plan, wanted);
    const names = [...network.securityGroups.values()].map(({ name }) => name);
    if (found.length === 0)
      plan.problem(at, `there is no security group ${wanted}; the world has ${names.join(', ')}`);
    return found;
  };
  const peers = rules.map(({ peer }, index) =>
    peer.includes('/') ? [peer] : named(peer, `${path}.rules[${index}].peer`).map(({ id }) => id),
  );
  for (const { id, rules: before } of named(asked, `${path}.group`))
    plan.change(() => {
      network.removeRules(
        id,
        before.map((rule) => rule.id),
      );
      network.addRules(
        id,
        rules.flatMap((rule, index) => (peers[index] ?? []).map((peer) => newRule(rule, peer))),
      );
    });
};

/** The network between the account and the company. */
export const changeNetwork = (plan: Plan, given: Network): void => {
  const { missingSubnets = [], routes = [], networkAcls = [], securityGroups = [] } = given;
  const { network } = plan.world;
  plan.once(
    missingSubnets.map((subnetId, index) => [`network.missingSubnets[${index}]`, subnetId]),
    'the subnet',
  );
  plan.once(
    routes.map(({ subnetId, destination }, index) => [
      `network.routes[${index}]`,
      `from ${subnetId} to ${canonical(destination)}`,
    ]),
    'the route',
  );
  plan.once(
    networkAcls.flatMap(({ subnetIds }, list) =>
      subnetIds.map((id, index) => [`network.networkAcls[${list}].subnetIds[${index}]`, id] as const),
    ),
    'the subnet',
  );
  missingSubnets.forEach((subnetId, index) => loseSubnet(plan, `network.missingSubnets[${index}]`, subnetId));
  routes.forEach(({ subnetId, destination, target }, index) => {
    if (!isSubnet(plan, `network.routes[${index}].subnetId`, subnetId, missingSubnets)) return;
    const state = target === 'blackhole' ? 'blackhole' : 'active';
    plan.change(() => network.route(subnetId, { destination, target, state }));
  });
  networkAcls.forEach((acl, index) => addAcl(plan, `network.networkAcls[${index}]`, acl, missingSubnets));
  plan.once(
    securityGroups.flatMap(({ group }, index) =>
      groupsOf(plan, group).map(({ id }) => [`network.securityGroups[${index}].group`, id] as const),
    ),
    'the security group',
  );
  securityGroups.forEach((group, index) => changeGroup(plan, `network.securityGroups[${index}]`, group));
};
