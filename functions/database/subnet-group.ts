import {
  CreateDBSubnetGroupCommand,
  type DBSubnetGroup,
  DescribeDBSubnetGroupsCommand,
  type RDSClient,
  type Tag,
} from '@aws-sdk/client-rds';
import type { NewDatabase } from '../request/schema.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { Conflict, DatabaseFailed, NotReady } from '../support/errors.ts';
import type { Ledger } from '../support/ledger.ts';

const find = async (rds: RDSClient, name: string): Promise<DBSubnetGroup | undefined> => {
  try {
    const { DBSubnetGroups } = await rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name }));
    return DBSubnetGroups?.[0];
  } catch (error) {
    if (isAwsError(error, 'DBSubnetGroupNotFoundFault')) return undefined;
    throw error;
  }
};

const create = async (
  rds: RDSClient,
  name: string,
  { identifier, subnetIds }: NewDatabase,
  tags: Tag[],
): Promise<DBSubnetGroup | undefined> => {
  try {
    const { DBSubnetGroup: made } = await rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: `Subnets of the database ${identifier}`,
        SubnetIds: subnetIds,
        Tags: tags,
      }),
    );
    return made;
  } catch (error) {
    if (isAwsError(error, 'DBSubnetGroupAlreadyExistsFault')) return find(rds, name);
    throw error;
  }
};

const subnetsOf = ({ Subnets = [] }: DBSubnetGroup): string =>
  Subnets.flatMap(({ SubnetIdentifier: id }) => id ?? [])
    .toSorted()
    .join(', ');

/** The name of a DB subnet group that the request names, which must be there, in the VPC of the subnets. */
export const givenSubnetGroup = async (rds: RDSClient, name: string, vpcId: string): Promise<string> => {
  const group = await find(rds, name);
  if (group === undefined)
    throw new DatabaseFailed(
      `There is no DB subnet group ${name}. Create it, or leave subnetGroupName out to have one made, then redrive.`,
    );
  if (group.VpcId !== vpcId)
    throw new Conflict(
      `The DB subnet group ${name} is in ${group.VpcId}, the database's subnets are in ${vpcId}. Name subnets and a group of the same VPC.`,
    );
  return name;
};

/** The name of a DB subnet group of exactly these subnets, made where there is none of that name. */
export const ensureSubnetGroup = async (
  rds: RDSClient,
  ledger: Ledger,
  database: NewDatabase,
  tags: Tag[],
): Promise<string> => {
  const name = `forestbridge-${database.identifier}`;
  const existing = await find(rds, name);
  if (existing === undefined) await ledger.making('subnet-group', name);
  const group = existing ?? (await create(rds, name, database, tags));
  if (group === undefined)
    throw new NotReady(`RDS has the DB subnet group ${name} and does not show it yet.`);
  const wanted = database.subnetIds.toSorted().join(', ');
  if (subnetsOf(group) !== wanted)
    throw new Conflict(
      `The DB subnet group ${name} is there with other subnets: ${subnetsOf(group)} instead of ${wanted}. Name it as subnetGroupName to use it as it is, or delete it.`,
    );
  const entry = await ledger.find('subnet-group', name);
  if (entry !== undefined && entry.id === undefined) await ledger.made('subnet-group', name, name);
  return name;
};
