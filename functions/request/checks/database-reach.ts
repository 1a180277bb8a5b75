import type { DBInstance } from '@aws-sdk/client-rds';
import { isJoined, membershipOf } from '../../database/membership.ts';
import type { Finding } from '../../support/finding.ts';
import type { Rule } from '../../support/security-rules.ts';
import { isInside } from '../networks.ts';
import type { Database, OnPremises } from '../schema.ts';
import { closedGroups, directoryParty, type Party } from './closed-groups.ts';
import { groupIdsOf } from './database-facts.ts';
import type { Place } from './directory.ts';
import { problem } from './findings.ts';
import { memberPassage } from './network-acl.ts';
import { connected, passable } from './reach.ts';
import type { Sight } from './sight.ts';
import { type Subnet, those } from './subnets.ts';

/** One that is a member already has shown that it gets there, and one that nobody may interrupt does not join. */
const isToJoin = (database: Database, instance: DBInstance | undefined): boolean => {
  if (instance === undefined) return true;
  if (database.existing && !database.allowInterruption) return false;
  const membership = membershipOf(instance);
  return membership === null || !isJoined(membership);
};

/** Who is to join from another VPC must be let in: AWS opens a directory's security group for its own VPC alone. */
const admission = (
  { vpcId, securityGroupId }: Place,
  rules: readonly Rule[],
  database: Party,
): readonly Finding[] => {
  if (database.networks.length === 0) return [];
  if (securityGroupId !== null)
    return closedGroups(
      { name: 'the directory', groupIds: [securityGroupId] },
      rules,
      database,
      false,
      'directory-group',
    );
  return [
    problem(
      'database-elsewhere',
      `A new directory lets in only its own VPC, ${vpcId}, and ${database.name} stands outside it, in ${database.networks.join(', ')}. Place both in one VPC.`,
    ),
  ];
};

/** Whether a database that is to join the directory gets there. */
export const databaseReach = (
  { directory: { place }, instance, territory, rules }: Sight,
  database: Database,
  subnets: readonly Subnet[],
  { networks }: OnPremises,
): readonly Finding[] => {
  if (place === null || !isToJoin(database, instance)) return [];
  const groupIds = groupIdsOf(database, instance);
  // The company's networks are let in by open-directory-traffic.
  const elsewhere = subnets
    .filter(({ vpcId, cidr }) => vpcId !== place.vpcId && !networks.some((each) => isInside(cidr, each)))
    .map(({ cidr }) => cidr);
  const party = { name: `the database ${database.identifier}`, groupIds, networks: elsewhere };
  const directorySubnets = those(territory, place.subnetIds);
  return [
    ...connected(territory, subnets, directorySubnets, 'database-route'),
    ...passable(territory, subnets, directorySubnets, memberPassage),
    ...admission(place, rules, party),
    ...(groupIds.length === 0
      ? []
      : closedGroups(party, rules, directoryParty(place, territory), true, 'database-group')),
  ];
};
