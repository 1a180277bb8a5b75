import { domainControllerPorts } from '../../support/active-directory-ports.ts';
import type { Finding } from '../../support/finding.ts';
import { missing, openings, type Rule } from '../../support/security-rules.ts';
import type { Place } from './directory.ts';
import { problem, remark } from './findings.ts';
import { those } from './subnets.ts';
import type { Territory } from './territory.ts';

/** Somebody in the network: by name, by security groups, and by the addresses that packets come from or go to. */
export interface Party {
  readonly name: string;
  readonly groupIds: readonly string[];
  readonly networks: readonly string[];
}

/** The directory: its domain controllers where they are known, else the subnets that they will stand in. */
export const directoryParty = (
  { securityGroupId, addresses, subnetIds }: Place,
  territory: Territory,
): Party => ({
  name: 'the directory',
  groupIds: securityGroupId === null ? [] : [securityGroupId],
  networks:
    addresses.length > 0
      ? addresses.map((address) => `${address}/32`)
      : those(territory, subnetIds).map(({ cidr }) => cidr),
});

const fromAnywhere = (rule: Rule): Rule => ({ ...rule, peer: '0.0.0.0/0' });

/** What somebody's security groups keep from a domain controller or its like, in one direction; `code` is what the findings' codes begin with. */
export const closedGroups = (
  { name, groupIds }: Omit<Party, 'networks'>,
  rules: readonly Rule[],
  other: Party,
  egress: boolean,
  code: string,
): readonly Finding[] => {
  const own = rules
    .filter(({ groupId }) => groupIds.includes(groupId))
    // What is opened for the other's own group is open to it wherever it stands.
    .map((rule) => (other.groupIds.includes(rule.peer) ? fromAnywhere(rule) : rule));
  const closed = missing(openings(domainControllerPorts, other.networks), own, egress);
  if (closed.length === 0) return [];
  const ports = new Set(closed.map(({ protocol, fromPort }) => `${protocol} ${fromPort}`));
  const networks = new Set(closed.map(({ peer }) => peer));
  const what = `${[...ports].join(', ')} ${egress ? 'out to' : 'in from'} ${other.name} at ${[...networks].join(', ')}`;
  const names = `The security groups of ${name} (${groupIds.join(', ')})`;
  // A rule without a peer of its own names a prefix list.
  if (own.some((rule) => rule.egress === egress && rule.peer === ''))
    return [
      remark(
        `${code}-unread`,
        `${names} have rules by prefix list, which were not looked into. See to it that they let ${what}.`,
      ),
    ];
  return [problem(code, `${names} do not let ${what}. Add rules for it.`)];
};
