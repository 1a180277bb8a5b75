import {
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroup,
  type Tag,
} from '@aws-sdk/client-ec2';
import { isAwsError } from '../support/aws-errors.ts';
import { Conflict, NotReady } from '../support/errors.ts';
import type { Ledger } from '../support/ledger.ts';
import { type Opener, open } from '../support/open-traffic.ts';
import { covers, missing, type Opening, type Rule, rulesOf } from '../support/security-rules.ts';
import { isOurs } from '../support/tags.ts';

/** What a database's own security group is to let through, and nothing else out. */
interface Wanted {
  readonly identifier: string;
  readonly vpcId: string;
  readonly ingress: readonly Opening[];
  readonly egress: readonly Opening[];
  readonly tags: Tag[];
}

const find = async (ec2: EC2Client, name: string, vpcId: string): Promise<SecurityGroup | undefined> => {
  const Filters = [
    { Name: 'group-name', Values: [name] },
    { Name: 'vpc-id', Values: [vpcId] },
  ];
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups?.[0];
};

const create = async (
  ec2: EC2Client,
  name: string,
  { identifier, vpcId, tags }: Wanted,
): Promise<SecurityGroup> => {
  const input = {
    GroupName: name,
    Description: `The database ${identifier}, made by Forestbridge`,
    VpcId: vpcId,
    TagSpecifications: [{ ResourceType: 'security-group' as const, Tags: tags }],
  };
  try {
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand(input));
    return { GroupId, Tags: tags };
  } catch (error) {
    if (!isAwsError(error, 'InvalidGroup.Duplicate')) throw error;
    throw new NotReady(`EC2 has the security group ${name} and does not show it yet.`, { cause: error });
  }
};

const letsAllOut = ({ egress, protocol, peer }: Rule): boolean =>
  egress && protocol === '-1' && (peer === '0.0.0.0/0' || peer === '::/0');

/** First what lets everything out goes, then the narrow rules come: at no moment is a finished group wide open. */
const complete = async (opener: Opener, groupId: string, wanted: Wanted): Promise<void> => {
  const rules = await rulesOf(opener.ec2, [groupId]);
  const SecurityGroupRuleIds = rules.filter(letsAllOut).map(({ id }) => id);
  if (SecurityGroupRuleIds.length > 0)
    await opener.ec2
      .send(new RevokeSecurityGroupEgressCommand({ GroupId: groupId, SecurityGroupRuleIds }))
      .catch((error: unknown) => {
        if (!isAwsError(error, 'InvalidSecurityGroupRuleId.NotFound')) throw error;
      });
  const kept = rules.filter((rule) => !letsAllOut(rule));
  for (const egress of [true, false]) {
    const lacking = missing(egress ? wanted.egress : wanted.ingress, kept, egress);
    if (lacking.length > 0) await open(opener, { groupId, egress }, lacking);
  }
};

const inWords = (
  how: string,
  { protocol, fromPort, peer }: Omit<Opening, 'protocol'> & { protocol: string },
) => `${how} ${protocol === '-1' ? 'everything' : `${protocol} ${fromPort}`} for ${peer}`;

/** A group of our name that this request did not make must let through what it should, and nothing more. */
const checkForeign = async (ec2: EC2Client, groupId: string, name: string, wanted: Wanted): Promise<void> => {
  const rules = await rulesOf(ec2, [groupId]);
  const lacking = [...missing(wanted.egress, rules, true), ...missing(wanted.ingress, rules, false)];
  const beyond = rules.filter(
    (rule) => !(rule.egress ? wanted.egress : wanted.ingress).some((opening) => covers(opening, rule)),
  );
  const differs = [
    ...lacking.map((opening) => inWords('lacks', opening)),
    ...beyond.map((rule) => inWords('opens', rule)),
  ];
  if (differs.length > 0)
    throw new Conflict(
      `The security group ${name} (${groupId}) is there, this request did not make it, and it differs: it ${differs.join(', ')}. Name it in securityGroupIds to use it as it is, or delete it.`,
    );
};

/** The database's own security group, with exactly the rules it needs: made where there is none. */
export const ensureSecurityGroup = async (
  opener: Opener,
  ledger: Ledger,
  wanted: Wanted,
): Promise<readonly string[]> => {
  const { ec2 } = opener;
  const name = `forestbridge-${wanted.identifier}`;
  const existing = await find(ec2, name, wanted.vpcId);
  if (existing === undefined) await ledger.makingAnew('security-group', name);
  const { GroupId: groupId, Tags } = existing ?? (await create(ec2, name, wanted));
  if (groupId === undefined)
    throw new NotReady(`EC2 does not say yet which id the security group ${name} has.`);
  const entry = await ledger.find('security-group', name);
  if (isOurs(entry, groupId, Tags, opener.requestId)) {
    if (entry?.id === undefined) await ledger.made('security-group', name, groupId);
    await complete(opener, groupId, wanted);
  } else await checkForeign(ec2, groupId, name, wanted);
  return [groupId];
};
