import { type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { Finding } from '../../support/finding.ts';
import type { Rule } from '../../support/security-rules.ts';
import { closedGroups, type Party } from './closed-groups.ts';

/** The company's domain controller, where it is an EC2 instance. */
export interface Controller {
  readonly id: string;
  readonly vpcId: string | null;
  readonly groupIds: readonly string[];
}

/** The instance behind a managed node; null where the node stands outside EC2. */
export const controllerOf = async (client: EC2Client, managedNodeId: string): Promise<Controller | null> => {
  if (!managedNodeId.startsWith('i-')) return null;
  const Filters = [{ Name: 'instance-id', Values: [managedNodeId] }];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, { Filters })) {
    const [instance] = Reservations.flatMap(({ Instances = [] }) => Instances);
    if (instance === undefined) continue;
    const { VpcId: vpcId = null, SecurityGroups = [] } = instance;
    return { id: managedNodeId, vpcId, groupIds: SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []) };
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
