import {
  CreateDBSubnetGroupCommand,
  type DBSubnetGroup,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  type RDSClient,
  type Tag,
} from '@aws-sdk/client-rds';
import type { NewDatabase } from '../request/database.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { Conflict, DatabaseFailed, NotReady } from '../support/errors.ts';
import type { Ledger } from '../support/ledger.ts';
import { isTagged } from '../support/tags.ts';

/** The DB subnet group of that name, or undefined. */
export const findSubnetGroup = async (rds: RDSClient, name: string): Promise<DBSubnetGroup | undefined> => {
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
): Promise<DBSubnetGroup> => {
  try {
    const { DBSubnetGroup: made = {} } = await rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: `Subnets of the database ${identifier}`,
        SubnetIds: subnetIds,
        Tags: tags,
      }),
    );
    return made;
  } catch (error) {
    if (!isAwsError(error, 'DBSubnetGroupAlreadyExistsFault')) throw error;
    throw new NotReady(`RDS has the DB subnet group ${name} and does not show it yet.`, { cause: error });
  }
};

/** The ids of a DB subnet group's subnets. */
export const subnetsOf = ({ Subnets = [] }: DBSubnetGroup): readonly string[] =>
  Subnets.flatMap(({ SubnetIdentifier: id }) => id ?? []).toSorted();

const tagsOf = async (rds: RDSClient, { DBSubnetGroupArn }: DBSubnetGroup): Promise<readonly Tag[]> => {
  const { TagList = [] } = await rds.send(new ListTagsForResourceCommand({ ResourceName: DBSubnetGroupArn }));
  return TagList;
};

/** The name of a DB subnet group that the request names, which must be there and have no other subnets than the request's. */
export const givenSubnetGroup = async (
  rds: RDSClient,
  name: string,
  { subnetIds }: NewDatabase,
): Promise<string> => {
  const group = await findSubnetGroup(rds, name);
  if (group === undefined)
    throw new DatabaseFailed(
      `There is no DB subnet group ${name}. Create it, or leave subnetGroupName out to have one made, then redrive.`,
    );
  const others = subnetsOf(group).filter((id) => !subnetIds.includes(id));
  if (others.length > 0)
    throw new Conflict(
      `The DB subnet group ${name} has subnets that the request does not name: ${others.join(', ')}. Name them all as subnetIds, or another group.`,
    );
  return name;
};

/** The name of a DB subnet group of exactly these subnets, made where there is none of that name. */
export const ensureSubnetGroup = async (
  rds: RDSClient,
  ledger: Ledger,
  requestId: string,
  database: NewDatabase,
  tags: Tag[],
): Promise<string> => {
  const name = `forestbridge-${database.identifier}`;
  const existing = await findSubnetGroup(rds, name);
  if (existing === undefined) await ledger.makingAnew('subnet-group', name);
  const group = existing ?? (await create(rds, name, database, tags));
  const is = subnetsOf(group).join(', ');
  const wanted = database.subnetIds.toSorted().join(', ');
  if (is !== wanted)
    throw new Conflict(
      `The DB subnet group ${name} is there with other subnets: ${is} instead of ${wanted}. Name it as subnetGroupName to use it as it is, or delete it.`,
    );
  const entry = await ledger.find('subnet-group', name);
  if (entry === undefined) return name;
  // A group has no id beside its name, so only its tag tells it from a later one.
  const isOwn = isTagged(existing === undefined ? tags : await tagsOf(rds, group), requestId);
  if (!isOwn) await ledger.forget('subnet-group', name);
  else if (entry.id === undefined) await ledger.made('subnet-group', name, name);
  return name;
};
