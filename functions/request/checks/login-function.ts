import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { Finding } from '../../support/finding.ts';
import { covers, missing, openings, type Rule } from '../../support/security-rules.ts';
import { problem, remark } from './findings.ts';
import { clientPassage } from './network-acl.ts';
import { connected, passable } from './reach.ts';
import { missingSubnets, type Subnet, those } from './subnets.ts';
import type { Territory } from './territory.ts';

/** The function that creates the Windows logins, as the deployment placed it. */
export interface LoginFunction {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/** The database that the logins are to be made in. */
interface Target {
  readonly subnets: readonly Subnet[];
  readonly groupIds: readonly string[];
  /** Undefined where nobody knows yet. */
  readonly port: number | undefined;
}

/** What the function's security group and the network ACLs on the way keep from the database's port, or its answers. */
const letThrough = (
  territory: Territory,
  securityGroupId: string,
  own: readonly Subnet[],
  rules: readonly Rule[],
  { subnets, groupIds, port }: Target,
): readonly Finding[] => {
  if (port === undefined) return [];
  const opening = { protocol: 'tcp', fromPort: port, toPort: port } as const;
  // What is opened for the database's own group is open to it wherever it stands.
  const isOpen = rules.some(
    (rule) =>
      rule.groupId === securityGroupId &&
      rule.egress &&
      groupIds.some((peer) => covers(rule, { ...opening, peer })),
  );
  const cidrs = subnets.map(({ cidr }) => cidr);
  const closed = missing(
    openings([opening], cidrs),
    rules.filter(({ groupId }) => groupId === securityGroupId),
    true,
  );
  return [
    ...(isOpen || closed.length === 0
      ? []
      : [
          problem(
            'login-group-closed',
            `The login function's security group ${securityGroupId} does not let tcp ${port} out to ${closed.map(({ peer }) => peer).join(', ')}. Add the rule, or deploy Forestbridge again with the database's subnets in its configuration.`,
          ),
        ]),
    ...passable(territory, own, subnets, clientPassage(port)),
  ];
};

/** Whether the function that creates the logins reaches the database. */
export const loginFunction = (
  territory: Territory,
  { subnetIds, securityGroupId }: LoginFunction,
  group: SecurityGroup | undefined,
  rules: readonly Rule[],
  database: Target,
): readonly Finding[] => {
  const again = 'Deploy Forestbridge again with subnets that are there.';
  const own = those(territory, subnetIds);
  const vpcIds = new Set(database.subnets.map(({ vpcId }) => vpcId));
  return [
    ...missingSubnets(territory, subnetIds, 'login-subnet-missing', again),
    ...(group === undefined
      ? [
          problem(
            'login-group-missing',
            `There is no security group ${securityGroupId} of the login function in this account and Region. Deploy Forestbridge again.`,
          ),
        ]
      : []),
    ...(group?.VpcId !== undefined && vpcIds.size === 1 && !vpcIds.has(group.VpcId)
      ? [
          remark(
            'login-group-elsewhere',
            `The login function's security group ${securityGroupId} is in ${group.VpcId}, the database in ${[...vpcIds].join()}. The database's rule for it works only over a peering connection, or a transit gateway with security group referencing.`,
          ),
        ]
      : []),
    ...connected(territory, own, database.subnets, 'login-route'),
    ...(group === undefined ? [] : letThrough(territory, securityGroupId, own, rules, database)),
  ];
};
