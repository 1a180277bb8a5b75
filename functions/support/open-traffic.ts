import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { isAwsError } from './aws-errors.ts';
import { NotReady, type StepErrorClass } from './errors.ts';
import type { Ledger, MadeKind } from './ledger.ts';
import { missing, type Opening, permissions, type Rule, readRule, rulesOf } from './security-rules.ts';

/** A security group, seen in one direction. */
interface Side {
  readonly groupId: string;
  readonly egress: boolean;
}

/** Who opens, and what it is called when that fails. */
export interface Opener {
  readonly ec2: EC2Client;
  readonly requestId: string;
  readonly fails: StepErrorClass;
}

const descriptionOf = ({ requestId }: Opener): string => `forestbridge ${requestId}`;

const isMadeBy = (opener: Opener, { groupId, egress }: Side, rule: Rule): boolean =>
  rule.groupId === groupId && rule.egress === egress && rule.description === descriptionOf(opener);

/** Adds rules in one call, and returns those of this request that it knows of. */
export const open = async (
  opener: Opener,
  { groupId, egress }: Side,
  wanted: readonly Opening[],
): Promise<readonly Rule[]> => {
  const input = { GroupId: groupId, IpPermissions: permissions(wanted, descriptionOf(opener)) };
  try {
    const { SecurityGroupRules = [] } = egress
      ? await opener.ec2.send(new AuthorizeSecurityGroupEgressCommand(input))
      : await opener.ec2.send(new AuthorizeSecurityGroupIngressCommand(input));
    return SecurityGroupRules.map(readRule);
  } catch (error) {
    if (isAwsError(error, 'RulesPerSecurityGroupLimitExceeded'))
      throw new opener.fails(
        `The security group ${groupId} has no room for ${wanted.length} more ${egress ? 'outbound' : 'inbound'} rules. Remove rules that nobody needs or raise the quota "Inbound or outbound rules per security group", then redrive.`,
        { cause: error },
      );
    if (!isAwsError(error, 'InvalidPermission.Duplicate')) throw error;
    const rules = await rulesOf(opener.ec2, [groupId]);
    if (missing(wanted, rules, egress).length > 0)
      throw new NotReady(`Somebody else changes the rules of the security group ${groupId} at the moment.`, {
        cause: error,
      });
    return rules.filter((rule) => isMadeBy(opener, { groupId, egress }, rule));
  }
};

/**
 * Opens what none of the rules lets through yet, and returns how much that was. The ledger has one entry a group
 * and direction: the rules there that carry the request's description are what it made.
 */
export const openRecorded = async (
  opener: Opener & { readonly ledger: Ledger; readonly kind: MadeKind },
  side: Side,
  wanted: readonly Opening[],
  rules: readonly Rule[],
): Promise<number> => {
  const { ledger, kind } = opener;
  const key = `${side.groupId}/${side.egress ? 'egress' : 'ingress'}`;
  const lacking = missing(wanted, rules, side.egress);
  const before = rules.filter((rule) => isMadeBy(opener, side, rule));
  if (lacking.length === 0 && before.length === 0) return 0;
  if (lacking.length > 0) await ledger.making(kind, key);
  const added = lacking.length === 0 ? [] : await open(opener, side, lacking);
  const ids = [...new Set([...before, ...added].map(({ id }) => id))].toSorted().join(' ');
  const entry = await ledger.find(kind, key);
  if (entry !== undefined && entry.id !== ids) await ledger.made(kind, key, ids);
  return lacking.length;
};
