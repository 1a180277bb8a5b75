import type { NewRule, SecurityGroup } from '../../simulator/world/network.ts';
import type { Plan } from './plan.ts';
import type { Differences } from './schema.ts';

type Network = NonNullable<Differences['network']>;
type Acl = NonNullable<Network['networkAcls']>[number];
type Group = NonNullable<Network['securityGroups']>[number];
type Rule = Group['rules'][number];

const allPorts = { from: 0, to: 65_535 };

const isSubnet = (plan: Plan, path: string, subnetId: string): boolean => {
  const { subnets } = plan.world.network;
  if (subnets.has(subnetId)) return true;
  plan.problem(path, `there is no subnet ${subnetId}; the world has ${[...subnets.keys()].join(', ')}`);
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

const addAcl = (plan: Plan, path: string, { subnetIds, rules }: Acl): void => {
  const { network } = plan.world;
  const known = subnetIds.filter((subnetId, index) =>
    isSubnet(plan, `${path}.subnetIds[${index}]`, subnetId),
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

const changeGroup = (plan: Plan, path: string, { group: asked, rules }: Group): void => {
  const { network } = plan.world;
  const groups = [...network.securityGroups.values()];
  const named = (wanted: string, at: string): readonly SecurityGroup[] => {
    const found = groups.filter(({ id, name }) => id === wanted || name === wanted);
    if (found.length === 0)
      plan.problem(
        at,
        `there is no security group ${wanted}; the world has ${groups.map(({ name }) => name).join(', ')}`,
      );
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
  missingSubnets.forEach((subnetId, index) => loseSubnet(plan, `network.missingSubnets[${index}]`, subnetId));
  routes.forEach(({ subnetId, destination, target }, index) => {
    if (!isSubnet(plan, `network.routes[${index}].subnetId`, subnetId)) return;
    const state = target === 'blackhole' ? 'blackhole' : 'active';
    plan.change(() => network.route(subnetId, { destination, target, state }));
  });
  networkAcls.forEach((acl, index) => addAcl(plan, `network.networkAcls[${index}]`, acl));
  securityGroups.forEach((group, index) => changeGroup(plan, `network.securityGroups[${index}]`, group));
};
