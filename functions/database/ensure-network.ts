import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { RDSClient } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { databaseSchema } from '../request/database.ts';
import { tagsSchema } from '../request/tags.ts';
import { domainControllerPorts } from '../support/active-directory-ports.ts';
import { DatabaseFailed } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { type Opening, openings } from '../support/security-rules.ts';
import { step } from '../support/step.ts';
import { tagList } from '../support/tags.ts';
import { networkOf, openGroups, useGroups } from './given-groups.ts';
import { ensureSecurityGroup } from './security-group.ts';
import { ensureSubnetGroup, givenSubnetGroup } from './subnet-group.ts';
import { surroundings } from './subnets.ts';

const ingress = (port: number, peers: readonly string[]): readonly Opening[] =>
  openings([{ protocol: 'tcp', fromPort: port, toPort: port }], peers);

/**
 * Where the database stands and who reaches it: a subnet group and a security group of its own, or those that the
 * request or the existing instance has, which get a rule for what is to reach the database and nothing else.
 */
export const ensureNetwork = step({
  name: 'ensure-network',
  input: z.object({
    owner: ownerSchema,
    database: databaseSchema,
    directorySubnetIds: z.array(z.string()).min(1),
    tags: tagsSchema,
  }),
  output: z.object({ subnetGroupName: z.string().nullable(), securityGroupIds: z.array(z.string()).min(1) }),
  settings: ledgerSettings.extend({ LOGIN_SECURITY_GROUP_ID: z.string().min(1) }),
  clients: (configuration) => ({
    ec2: new EC2Client(configuration),
    rds: new RDSClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DatabaseFailed,
  async run({ owner, database, directorySubnetIds, tags }, { ec2, rds, dynamodb, settings, now }) {
    const { requestId } = owner;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const opener = { ec2, ledger, requestId, fails: DatabaseFailed };
    const loginGroup = settings.LOGIN_SECURITY_GROUP_ID;
    const forLogins = database.windowsLogins.length > 0 ? [loginGroup] : [];

    if (database.existing) {
      const { port, groups } = await networkOf(rds, database.identifier);
      await openGroups(opener, groups, ingress(port, [...database.allowedNetworks, ...forLogins]));
      return { subnetGroupName: null, securityGroupIds: [...groups] };
    }

    const { identifier, port, allowedNetworks, subnetGroupName } = database;
    const { vpcId, directoryNetworks } = await surroundings(ec2, database, directorySubnetIds);
    const made = tagList(tags, requestId);
    const name =
      subnetGroupName === null
        ? await ensureSubnetGroup(rds, ledger, requestId, database, made)
        : await givenSubnetGroup(rds, subnetGroupName, database);
    const [given, ...others] = database.securityGroupIds;
    const securityGroupIds =
      given === undefined
        ? await ensureSecurityGroup(opener, ledger, {
            identifier,
            vpcId,
            ingress: ingress(port, [...allowedNetworks, loginGroup]),
            egress: openings(domainControllerPorts, directoryNetworks),
            tags: made,
          })
        : await useGroups(
            opener,
            [given, ...others],
            vpcId,
            ingress(port, [...allowedNetworks, ...forLogins]),
          );
    return { subnetGroupName: name, securityGroupIds: [...securityGroupIds] };
  },
});
