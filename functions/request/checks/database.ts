import type { Finding } from '../../support/finding.ts';
import type { Database } from '../schema.ts';
import { groupIdsOf, subnetIdsOf, wantedOf } from './database-facts.ts';
import { domainRole } from './domain-role.ts';
import { existingInstance } from './existing-instance.ts';
import { loginFunction } from './login-function.ts';
import { newDatabase } from './new-database.ts';
import { connected } from './reach.ts';
import { databaseRoom } from './rules-room.ts';
import type { Sight, Tools } from './sight.ts';
import { those } from './subnets.ts';

/** Everything about the database, new or existing: itself, its way to the directory, its role, its logins. */
export const databaseFindings = async (
  tools: Tools,
  { directory, instance, territory, groups, rules }: Sight,
  database: Database,
): Promise<readonly Finding[]> => {
  const { rds, iam, ledger, domainRoleName, login } = tools;
  const subnets = those(territory, subnetIdsOf(database, instance));
  const ofDirectory = those(territory, directory.place?.subnetIds ?? []);
  const wanted = wantedOf(database, instance, login.securityGroupId);
  return [
    ...(database.existing
      ? existingInstance(database, instance, directory.directoryId)
      : await newDatabase({ rds, ledger, territory, groups }, database, instance)),
    ...databaseRoom(groupIdsOf(database, instance), rules, wanted),
    ...connected(territory, subnets, ofDirectory, 'database-route'),
    ...(await domainRole(iam, domainRoleName)),
    ...(database.windowsLogins.length === 0
      ? []
      : loginFunction(territory, login, groups.get(login.securityGroupId), subnets)),
  ];
};
