import type { DomainController, Forest } from '../../simulator/world/forest.ts';
import type { Plan } from './plan.ts';
import type { Differences } from './schema.ts';

type Company = NonNullable<Differences['company']>;
type Controller = NonNullable<Company['domainControllers']>[number];

const changeController = (plan: Plan, forest: Forest, path: string, given: Controller): void => {
  const { managedNodeId, address, online, ...changes } = given;
  const present = forest.domainControllers.find((one) => one.managedNodeId === managedNodeId);
  if (present === undefined && address === undefined)
    plan.problem(`${path}.address`, `write the address of ${managedNodeId}, which the request does not name`);
  plan.change(() => {
    const controller = present ?? newController(managedNodeId, address ?? '');
    if (present === undefined) forest.domainControllers.push(controller);
    Object.assign(controller, changes, address === undefined ? {} : { address });
    controller.up = online ?? controller.up;
  });
};

const newController = (managedNodeId: string, address: string): DomainController => ({
  managedNodeId,
  address,
  subnetId: null,
  securityGroupIds: [],
  agentVersion: '3.3.2958.0',
  up: true,
  clockSkewSeconds: 0,
});

/** The company's side: its firewall, people, domain controllers, and what it has made before. */
export const changeCompany = (plan: Plan, company: Company): void => {
  const { world, request } = plan;
  const { closedPorts = [], accounts, domainControllers = [], forwarders = {}, trusts = {} } = company;
  const forest = world.causes.forest(request.onPremises.domainName);
  if (forest === undefined) throw new Error('The world has no forest for its request.');
  plan.once(
    domainControllers.map(({ managedNodeId }, index) => [
      `company.domainControllers[${index}].managedNodeId`,
      managedNodeId,
    ]),
    'the domain controller',
  );
  domainControllers.forEach((given, index) =>
    changeController(plan, forest, `company.domainControllers[${index}]`, given),
  );
  plan.change(() => {
    for (const port of closedPorts) forest.closedPorts.add(port);
    if (accounts !== undefined) Object.assign(forest, { principals: new Set(accounts) });
    for (const [name, addresses] of Object.entries(forwarders)) forest.forwarders.set(name, addresses);
    for (const [name, { type, direction }] of Object.entries(trusts))
      forest.halves.set(name, { type, direction, selectiveAuthentication: false, password: 'as it was' });
  });
};
