import type { NormalisedRequest } from '../../../functions/request/schema.ts';
import { type DomainController, newForest } from '../forest.ts';
import { within } from '../network/addresses.ts';
import type { World } from '../world.ts';

const agentVersion = '3.3.2958.0';

const join = (present: string[], more: readonly string[]): void =>
  void present.push(...more.filter((one) => !present.includes(one)));

/** The domain controller in its forest; where earlier requests have brought that, it gets what they did not know. */
export const placeDomainController = (world: World, request: NormalisedRequest): void => {
  const { onPremises } = request;
  const { managedNodeId } = onPremises.domainController;
  const forest = world.causes.forest(onPremises.domainName);
  if (forest === undefined) {
    world.forests.push(newForest({ ...onPremises, domainControllers: [domainController(world, request)] }));
    return;
  }
  join(forest.networks, onPremises.networks);
  join(forest.dnsIpAddresses, onPremises.dnsIpAddresses);
  const present = forest.domainControllers.find((controller) => controller.managedNodeId === managedNodeId);
  if (present === undefined) forest.domainControllers.push(domainController(world, request));
  else join(present.otherAddresses ?? [], onPremises.dnsIpAddresses.slice(0, 1));
};

const domainController = (world: World, { onPremises }: NormalisedRequest): DomainController => {
  const { managedNodeId } = onPremises.domainController;
  const [address = ''] = onPremises.dnsIpAddresses;
  const outside = { managedNodeId, address, agentVersion, up: true, clockSkewSeconds: 0 };
  if (managedNodeId.startsWith('mi-'))
    return { ...outside, otherAddresses: [], subnetId: null, securityGroupIds: [] };
  const { network } = world;
  const companyNetwork = onPremises.networks.find((cidr) => within(address, cidr)) ?? '';
  const vpcId = `vpc-${world.random.hex(17)}`;
  const subnetId = `subnet-${world.random.hex(17)}`;
  network.addVpc(vpcId, companyNetwork);
  network.addSubnet(subnetId, vpcId, companyNetwork, `${world.region}a`);
  network.route(subnetId, { destination: '0.0.0.0/0', target: 'pcx-0f1e2d3c4b5a69788', state: 'active' });
  const group = network.addSecurityGroup(vpcId, 'domain-controllers', "The company's domain controllers");
  network.addRules(group.id, [
    { egress: false, protocol: '-1', fromPort: -1, toPort: -1, peer: '0.0.0.0/0', description: null },
  ]);
  network.addInstance(managedNodeId, subnetId, [group.id], address);
  return { ...outside, subnetId, securityGroupIds: [group.id] };
};
