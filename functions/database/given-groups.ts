import { DescribeSecurityGroupsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { RDSClient } from '@aws-sdk/client-rds';
import { Conflict, DatabaseFailed, NotReady } from '../support/errors.ts';
import type { Ledger } from '../support/ledger.ts';
import { type Opener, openRecorded } from '../support/open-traffic.ts';
import { type Opening, rulesOf } from '../support/security-rules.ts';
import { knownInstance } from './instance.ts';

/** Security groups that are there already: at least one. */
type Groups = readonly [string, ...string[]];

/** The port of an existing instance, and the security groups it stands in. */
export const networkOf = async (
  rds: RDSClient,
  identifier: string,
): Promise<{ readonly port: number; readonly groups: Groups }> => {
  const instance = await knownInstance(rds, identifier);
  const port = instance.Endpoint?.Port;
  if (port === undefined)
    throw new NotReady(
      `The instance ${identifier} has no endpoint yet; its status is ${instance.DBInstanceStatus ?? 'unknown'}.`,
    );
  const [first, ...rest] = (instance.VpcSecurityGroups ?? [])
    .filter(({ Status }) => Status !== 'removing')
    .flatMap(({ VpcSecurityGroupId: id }) => id ?? []);
  if (first === undefined)
    throw new DatabaseFailed(
      `The instance ${identifier} is in no VPC security group, so nothing can be opened. Give it one, then redrive.`,
    );
  return { port, groups: [first, ...rest] };
};

const checkGroups = async (ec2: EC2Client, groups: Groups, vpcId: string): Promise<void> => {
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [...groups] }),
  );
  const elsewhere = SecurityGroups.filter(({ VpcId }) => VpcId !== vpcId);
  if (elsewhere.length > 0)
    throw new Conflict(
      `${elsewhere.map(({ GroupId, VpcId }) => `The security group ${GroupId} is in ${VpcId}`).join('. ')}, the database's subnets are in ${vpcId}. Name groups of that VPC.`,
    );
};

/** Lets in what none of the groups lets in yet, through the first of them; the ledger knows what was added. */
export const openGroups = async (
  opener: Opener & { readonly ledger: Ledger },
  groups: Groups,
  ingress: readonly Opening[],
): Promise<void> => {
  if (ingress.length === 0) return;
  const rules = await rulesOf(opener.ec2, groups);
  await openRecorded(
    { ...opener, kind: 'security-group-rule' },
    { groupId: groups[0], egress: false },
    ingress,
    rules,
  );
};

/** Security groups that the request names: they must be in the VPC of the database's subnets. */
export const useGroups = async (
  opener: Opener & { readonly ledger: Ledger },
  groups: Groups,
  vpcId: string,
  ingress: readonly Opening[],
): Promise<readonly string[]> => {
  await checkGroups(opener.ec2, groups, vpcId);
  await openGroups(opener, groups, ingress);
  return groups;
};
