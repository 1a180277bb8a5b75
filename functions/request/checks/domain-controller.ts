import { type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { Finding } from '../../support/finding.ts';
import type { Rule } from '../../support/security-rules.ts';
import { closedGroups, type Party } from './closed-groups.ts';
import type { Place } from './directory.ts';
import { networkAclFindings } from './network-acl.ts';
import { routeFindings } from './routes.ts';
import { those } from './subnets.ts';
import type { Territory } from './territory.ts';

/** The company's domain controller, where it is an EC2 instance. */
export interface Controller {
  readonly id: string;
  readonly vpcId: string | null;
  readonly subnetId: string | null;
  readonly groupIds: readonly string[];
}

/** The instance behind a managed node; null where the node stands outside EC2. */
export const controllerOf = async (client: EC2Client, managedNodeId: string): Promise<Controller | null> => {
  if (!managedNodeId.startsWith('i-')) return null;
  const Filters = [{ Name: 'instance-id', Values: [managedNodeId] }];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, { Filters })) {
    const [instance] = Reservations.flatMap(({ Instances = [] }) => Instances);
    if (instance === undefined) continue;
    const { VpcId: vpcId = null, SubnetId: subnetId = null, SecurityGroups = [] } = instance;
    const groupIds = SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []);
    return { id: managedNodeId, vpcId, subnetId, groupIds };
  }
  return null;
};

/** Whether the security groups of the company's own domain controller let it speak with the directory's, both ways. */
export const controllerGroups = (
  { id, groupIds }: Controller,
  rules: readonly Rule[],
  directory: Party,
): readonly Finding[] =>
  [false, true].flatMap((egress) =>
    closedGroups({ name: `the domain controller ${id}`, groupIds }, rules, directory, egress, 'node-group'),
  );

/** Whether the company's own domain controller finds its way back to the directory, and is let there. */
export const wayBack = ({ subnetId }: Controller, territory: Territory, place: Place): readonly Finding[] => {
  const networks = those(territory, place.subnetIds).map(({ cidr }) => cidr);
  // Within one subnet neither a route nor a network ACL is asked.
  const home = those(territory, subnetId === null ? [] : [subnetId]).filter(
    ({ id }) => !place.subnetIds.includes(id),
  );
  const outside = home.filter(({ vpcId }) => vpcId !== place.vpcId);
  return [
    ...routeFindings(territory.routeTables, outside, networks, 'node-route'),
    ...networkAclFindings(territory.networkAcls, home, networks),
  ];
};
