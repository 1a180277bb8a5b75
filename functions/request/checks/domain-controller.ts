import { type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { domainControllerPorts } from '../../support/active-directory-ports.ts';
import type { Finding } from '../../support/finding.ts';
import { missing, openings, type Rule } from '../../support/security-rules.ts';
import { problem, remark } from './findings.ts';

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

const fromAnywhere = (rule: Rule): Rule => ({ ...rule, peer: '0.0.0.0/0' });

/** Whether the security groups of the company's own domain controller let it speak with the directory's. */
export const controllerGroups = (
  { id, groupIds }: Controller,
  rules: readonly Rule[],
  directory: { readonly securityGroupId: string | null; readonly networks: readonly string[] },
): readonly Finding[] => {
  const own = rules
    .filter(({ groupId }) => groupIds.includes(groupId))
    // What is opened for the directory's own group is open to the directory wherever it stands.
    .map((rule) => (rule.peer === directory.securityGroupId ? fromAnywhere(rule) : rule));
  const wanted = openings(domainControllerPorts, directory.networks);
  return [false, true].flatMap((egress) => {
    const closed = missing(wanted, own, egress);
    if (closed.length === 0) return [];
    const ports = new Set(closed.map(({ protocol, fromPort }) => `${protocol} ${fromPort}`));
    const networks = new Set(closed.map(({ peer }) => peer));
    const what = `${[...ports].join(', ')} ${egress ? 'out to' : 'in from'} the directory at ${[...networks].join(', ')}`;
    const names = `The security groups of the domain controller ${id} (${groupIds.join(', ')})`;
    // A rule without a peer of its own names a prefix list.
    if (own.some((rule) => rule.egress === egress && rule.peer === ''))
      return [
        remark(
          'node-group-unread',
          `${names} have rules by prefix list, which were not looked into. See to it that they let ${what}.`,
        ),
      ];
    return [problem('node-group', `${names} do not let ${what}. Add rules for it.`)];
  });
};
