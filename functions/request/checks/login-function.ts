import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { Finding } from '../../support/finding.ts';
import { problem, remark } from './findings.ts';
import { connected } from './reach.ts';
import { missingSubnets, type Subnet, those } from './subnets.ts';
import type { Territory } from './territory.ts';

/** The function that creates the Windows logins, as the deployment placed it. */
export interface LoginFunction {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/** Whether the function that creates the logins reaches the database. */
export const loginFunction = (
  territory: Territory,
  { subnetIds, securityGroupId }: LoginFunction,
  group: SecurityGroup | undefined,
  database: readonly Subnet[],
): readonly Finding[] => {
  const again = 'Deploy Forestbridge again with subnets that are there.';
  const vpcIds = new Set(database.map(({ vpcId }) => vpcId));
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
    ...connected(territory, those(territory, subnetIds), database, 'login-route'),
  ];
};
