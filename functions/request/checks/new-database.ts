import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { DBInstance, RDSClient } from '@aws-sdk/client-rds';
import { ownEntry } from '../../database/own-instance.ts';
import type { Finding } from '../../support/finding.ts';
import type { Ledger } from '../../support/ledger.ts';
import type { NewDatabase } from '../database.ts';
import { databaseOffer } from './database-offer.ts';
import { givenSecurityGroups, givenSubnetGroup } from './database-place.ts';
import { problem } from './findings.ts';
import { databaseSubnets, those } from './subnets.ts';
import type { Territory } from './territory.ts';

interface Surroundings {
  readonly rds: RDSClient;
  readonly ledger: Ledger;
  readonly requestId: string;
  readonly territory: Territory;
  readonly groups: ReadonlyMap<string | undefined, SecurityGroup>;
}

/** What keeps a database from being made as the request describes it. */
export const newDatabase = async (
  { rds, ledger, requestId, territory, groups }: Surroundings,
  database: NewDatabase,
  instance: DBInstance | undefined,
): Promise<readonly Finding[]> => {
  const { identifier, subnetIds, subnetGroupName } = database;
  const isKnown =
    instance !== undefined && (await ownEntry(ledger, requestId, identifier, instance)) !== undefined;
  const subnets = those(territory, subnetIds);
  const [first = null, ...others] = new Set(subnets.map(({ vpcId }) => vpcId));
  const vpcId = others.length === 0 ? first : null;
  return [
    ...(instance === undefined || isKnown
      ? []
      : [
          problem(
            'identifier-taken',
            `There is a database instance ${identifier}, and this request did not make it. Choose another database.identifier.`,
          ),
        ]),
    ...databaseSubnets(territory, identifier, subnetIds),
    ...(subnetGroupName === null ? [] : await givenSubnetGroup(rds, subnetGroupName, database)),
    ...givenSecurityGroups(database, vpcId, groups),
    ...(isKnown ? [] : await databaseOffer(rds, database, new Set(subnets.map(({ zone }) => zone)))),
  ];
};
