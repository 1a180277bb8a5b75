import type { Finding } from '../../support/finding.ts';
import type { Database, NormalisedRequest } from '../schema.ts';
import { groupIdsOf, portOf, subnetIdsOf, wantedOf } from './database-facts.ts';
import { databaseReach } from './database-reach.ts';
import { domainRole } from './domain-role.ts';
import { existingInstance } from './existing-instance.ts';
import { loginFunction } from './login-function.ts';
import { newDatabase } from './new-database.ts';
import { databaseRoom } from './rules-room.ts';
import type { Sight, Tools } from './sight.ts';
import { those } from './subnets.ts';

/** Everything about the database, new or existing: itself, its way to the directory, its role, its logins. */
export const databaseFindings = async (
  tools: Tools,
  sight: Sight,
  { requestId, onPremises }: NormalisedRequest,
  database: Database,
): Promise<readonly Finding[]> => {
  const { rds, iam, ledger, domainRoleName, login } = tools;
  const { directory, instance, territory, groups, rules } = sight;
  const subnets = those(territory, subnetIdsOf(database, instance));
  const wanted = wantedOf(database, instance, login.securityGroupId);
  return [
    ...(database.existing
      ? existingInstance(database, instance, directory.directoryId)
      : await newDatabase({ rds, ledger, requestId, territory, groups }, database, instance)),
    ...databaseRoom(groupIdsOf(database, instance), rules, wanted),
    ...databaseReach(sight, database, subnets, onPremises),
    ...(await domainRole(iam, domainRoleName)),
    ...(database.windowsLogins.length === 0
      ? []
      : loginFunction(territory, login, groups.get(login.securityGroupId), rules, {
          subnets,
          groupIds: groupIdsOf(database, instance),
          port: portOf(database, instance),
        })),
  ];
};
