import { domainControllerPorts } from '../../../functions/support/active-directory-ports.ts';
import type { Rule } from '../../../functions/support/security-rules.ts';

/** A rule of a group, by default one that lets everything in from everywhere. */
export const rule = (groupId: string, change: Partial<Rule> = {}): Rule => ({
  id: 'sgr-1',
  groupId,
  egress: false,
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  peer: '0.0.0.0/0',
  description: '',
  ...change,
});

/** Rules for just what Active Directory needs, in one direction. */
export const narrowRules = (groupId: string, egress: boolean, peer: string): readonly Rule[] =>
  domainControllerPorts.map((ports) => rule(groupId, { ...ports, egress, peer }));
