import { directoryOpenings, mostRules, ofNewDirectory } from '../../support/directory-rules.ts';
import type { Finding } from '../../support/finding.ts';
import { missing, type Opening, type Rule } from '../../support/security-rules.ts';
import type { OnPremises } from '../schema.ts';
import type { Place } from './directory.ts';
import { problem } from './findings.ts';

const countOf = (rules: readonly Rule[], egress: boolean): number =>
  rules.filter((rule) => rule.egress === egress && !rule.peer.includes(':')).length;

/** Whether a group that has so many rules in that direction takes so many more. */
const room = (group: string, egress: boolean, present: number, needed: number): readonly Finding[] => {
  // Where there are more than that, the quota has been raised, and nobody knows how far.
  if (needed === 0 || present > mostRules || present + needed <= mostRules) return [];
  return [
    problem(
      'rules-room',
      `${group} has ${present} ${egress ? 'outbound' : 'inbound'} rules and needs ${needed} more, and a group takes ${mostRules}. Name fewer, wider networks, or remove rules that nobody needs.`,
    ),
  ];
};

/** Room in the directory's security group for what open-directory-traffic adds. */
export const directoryRoom = (
  { securityGroupId }: Place,
  rules: readonly Rule[],
  onPremises: OnPremises,
): readonly Finding[] => {
  const { outbound, inbound } = directoryOpenings(onPremises);
  if (securityGroupId === null) {
    const name = "The new directory's security group";
    return [
      ...room(name, false, ofNewDirectory.inbound, missing(inbound, [], false).length),
      ...room(name, true, ofNewDirectory.outbound, missing(outbound, [], true).length),
    ];
  }
  const own = rules.filter(({ groupId }) => groupId === securityGroupId);
  const name = `The directory's security group ${securityGroupId}`;
  return [
    ...room(name, false, countOf(own, false), missing(inbound, own, false).length),
    ...room(name, true, countOf(own, true), missing(outbound, own, true).length),
  ];
};

/** Room in the first of a database's security groups for what ensure-network adds. */
export const databaseRoom = (
  groups: readonly string[],
  rules: readonly Rule[],
  wanted: readonly Opening[],
): readonly Finding[] => {
  const own = rules.filter(({ groupId }) => groups.includes(groupId));
  const first = own.filter(({ groupId }) => groupId === groups[0]);
  return room(
    `The database's security group ${groups[0]}`,
    false,
    countOf(first, false),
    missing(wanted, own, false).length,
  );
};
