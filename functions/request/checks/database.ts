import type { EC2Client, SecurityGroup } from '@aws-sdk/client-ec2';
import type { DBInstance, RDSClient } from '@aws-sdk/client-rds';
import type { Finding } from '../../support/finding.ts';
import type { Ledger } from '../../support/ledger.ts';
import { openings, type Opening } from '../../support/security-rules.ts';
import type { Database, NewDatabase } from '../schema.ts';
import { databaseOffer } from './database-offer.ts';
import { givenSecurityGroups, givenSubnetGroup } from './database-place.ts';
import { problem } from './findings.ts';
import { databaseSubnets, those } from './subnets.ts';
import type { Territory } from './territory.ts';

/** The subnets that a database stands in, or is to stand in. */
export const subnetIdsOf = (database: Database, instance: DBInstance | undefined): readonly string[] =>
  database.existing
    ? (instance?.DBSubnetGroup?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? [])
    : database.subnetIds;

/** The security groups that are there already for a database. */
export const groupIdsOf = (database: Database, instance: DBInstance | undefined): readonly string[] =>
  database.existing
    ? (instance?.VpcSecurityGroups ?? [])
        .filter(({ Status }) => Status !== 'removing')
        .flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? [])
    : database.securityGroupIds;

/** What ensure-network opens in groups that are there already. */
export const wantedOf = (
  database: Database,
  instance: DBInstance | undefined,
  loginGroupId: string,
): readonly Opening[] => {
  const port = database.existing ? (instance?.Endpoint?.Port ?? 1433) : database.port;
  const logins = database.windowsLogins.length > 0 ? [loginGroupId] : [];
  return openings(
    [{ protocol: 'tcp', fromPort: port, toPort: port }],
    [...database.allowedNetworks, ...logins],
  );
};
