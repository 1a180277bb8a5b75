import { type EC2Client, paginateDescribeSecurityGroups, type SecurityGroup } from '@aws-sdk/client-ec2';
import { type DBSubnetGroup, DescribeDBSubnetGroupsCommand, type RDSClient } from '@aws-sdk/client-rds';
import { isAwsError } from '../../support/aws-errors.ts';
import type { Finding } from '../../support/finding.ts';
import type { NewDatabase } from '../schema.ts';
import { problem } from './findings.ts';

const subnetGroupOf = async (client: RDSClient, name: string): Promise<DBSubnetGroup | undefined> => {
  try {
    const { DBSubnetGroups } = await client.send(
      new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name }),
    );
    return DBSubnetGroups?.[0];
  } catch (error) {
    if (isAwsError(error, 'DBSubnetGroupNotFoundFault')) return undefined;
    throw error;
  }
};

/** The DB subnet group that the request names must be there, in the VPC of the subnets. */
export const givenSubnetGroup = async (
  client: RDSClient,
  name: string,
  vpcId: string | null,
): Promise<readonly Finding[]> => {
  const group = await subnetGroupOf(client, name);
  if (group === undefined)
    return [
      problem(
        'subnet-group-missing',
        `There is no DB subnet group ${name}. Create it, or leave database.subnetGroupName out to have one made.`,
      ),
    ];
  if (vpcId === null || group.VpcId === vpcId) return [];
  return [
    problem(
      'subnet-group-elsewhere',
      `The DB subnet group ${name} is in ${group.VpcId}, the database's subnets are in ${vpcId}. Name subnets and a group of the same VPC.`,
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
