import type { DBInstance } from '@aws-sdk/client-rds';
import { type Opening, openings } from '../../support/security-rules.ts';
import type { Database } from '../schema.ts';

/** The subnets that a database stands in, or is to stand in. */
export const subnetIdsOf = (database: Database, instance: DBInstance | undefined): readonly string[] =>
  database.existing
    ? (instance?.DBSubnetGroup?.Subnets ?? []).flatMap(({ SubnetIdentifier: id }) => id ?? [])
    : database.subnetIds;

/** The security groups of a database that are there already. */
export const groupIdsOf = (database: Database, instance: DBInstance | undefined): readonly string[] =>
  database.existing
    ? (instance?.VpcSecurityGroups ?? [])
        .filter(({ Status }) => Status !== 'removing')
        .flatMap(({ VpcSecurityGroupId: id }) => id ?? [])
    : database.securityGroupIds;

/** The port that a database listens at; an instance that is not made yet may have none. */
export const portOf = (database: Database, instance: DBInstance | undefined): number | undefined =>
  database.existing ? instance?.Endpoint?.Port : database.port;

/** What ensure-network lets in through groups that are there already. */
export const wantedOf = (
  database: Database,
  instance: DBInstance | undefined,
  loginGroupId: string,
): readonly Opening[] => {
  const port = portOf(database, instance);
  if (port === undefined) return [];
  const logins = database.windowsLogins.length > 0 ? [loginGroupId] : [];
  return openings(
    [{ protocol: 'tcp', fromPort: port, toPort: port }],
    [...database.allowedNetworks, ...logins],
  );
};
