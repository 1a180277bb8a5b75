import { type EC2Client, paginateDescribeSecurityGroups, type SecurityGroup } from '@aws-sdk/client-ec2';
import type { RDSClient } from '@aws-sdk/client-rds';
import { findSubnetGroup, subnetsOf } from '../../database/subnet-group.ts';
import type { Finding } from '../../support/finding.ts';
import type { NewDatabase } from '../database.ts';
import { problem } from './findings.ts';

/** The DB subnet group that the request names must be there, and have no other subnets than the request's. */
export const givenSubnetGroup = async (
  client: RDSClient,
  name: string,
  { subnetIds }: NewDatabase,
): Promise<readonly Finding[]> => {
  const group = await findSubnetGroup(client, name);
  if (group === undefined)
    return [
      problem(
        'subnet-group-missing',
        `There is no DB subnet group ${name}. Create it, or leave database.subnetGroupName out to have one made.`,
      ),
    ];
  const others = subnetsOf(group).filter((id) => !subnetIds.includes(id));
  if (others.length === 0) return [];
  return [
    problem(
      'subnet-group-elsewhere',
      `The DB subnet group ${name} has subnets that the request does not name: ${others.join(', ')}. Name them all as database.subnetIds, or another group.`,
    ),
  ];
};

export const securityGroupsOf = async (
  client: EC2Client,
  ids: readonly string[],
): Promise<ReadonlyMap<string | undefined, SecurityGroup>> => {
  const found = new Map<string | undefined, SecurityGroup>();
  if (ids.length === 0) return found;
  const Filters = [{ Name: 'group-id', Values: [...ids] }];
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client }, { Filters }))
    for (const group of SecurityGroups) found.set(group.GroupId, group);
  return found;
};

/** The security groups that the request names must be there, in the VPC of the subnets. */
export const givenSecurityGroups = (
  { securityGroupIds }: NewDatabase,
  vpcId: string | null,
  groups: ReadonlyMap<string | undefined, SecurityGroup>,
): readonly Finding[] =>
  securityGroupIds.flatMap((id) => {
    const group = groups.get(id);
    if (group === undefined)
      return [
        problem(
          'security-group-missing',
          `There is no security group ${id} in this account and Region. Correct database.securityGroupIds, or leave it out to have one made.`,
        ),
      ];
    if (vpcId === null || group.VpcId === vpcId) return [];
    return [
      problem(
        'security-group-elsewhere',
        `The security group ${id} is in ${group.VpcId}, the database's subnets are in ${vpcId}. Name groups of that VPC as database.securityGroupIds.`,
      ),
    ];
  });
