import { clientPorts, domainControllerPorts } from '../../support/active-directory-ports.ts';
import type { Finding } from '../../support/finding.ts';
import { missing, type Opening, openings, type Rule } from '../../support/security-rules.ts';
import type { OnPremises } from '../schema.ts';
import type { Place } from './directory.ts';
import { problem } from './findings.ts';

/** Rules a direction; IPv6 is counted apart. */
const mostRules = 60;
/** What AWS itself puts into a new directory's group. */
const ofNewDirectory = { ingress: 18, egress: 1 };

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
  { networks, clientNetworks }: OnPremises,
): readonly Finding[] => {
  const company = openings(domainControllerPorts, networks);
  const all = [...company, ...openings(clientPorts, clientNetworks)];
  if (securityGroupId === null)
    return [
      ...room(
        "The new directory's security group",
        false,
        ofNewDirectory.ingress,
        missing(all, [], false).length,
      ),
      ...room("The new directory's security group", true, ofNewDirectory.egress, company.length),
    ];
  const own = rules.filter(({ groupId }) => groupId === securityGroupId);
  const name = `The directory's security group ${securityGroupId}`;
  return [
    ...room(name, false, countOf(own, false), missing(all, own, false).length),
    ...room(name, true, countOf(own, true), missing(company, own, true).length),
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
