import type { Entry, MadeKind } from '../support/ledger.ts';
import { listed, oneLine } from './words.ts';

const labels = {
  directory: 'directory',
  'directory-rule': "rules of the directory's security group",
  'ip-route': 'IP route',
  'forwarder-in-aws': 'DNS forwarder in AWS',
  'forwarder-on-premises': 'DNS forwarder on premises',
  'half-in-aws': 'half of the trust in AWS',
  'half-on-premises': 'half of the trust on premises',
  secret: 'secret',
  'subnet-group': 'DB subnet group',
  'security-group': 'security group',
  'security-group-rule': 'rules of the security group',
  instance: 'database instance',
  membership: 'domain membership of',
  login: 'Windows login',
} as const satisfies Record<MadeKind, string>;

/** A second try replaces the first one's thing, and the reboot that completes a join is no thing. */
const isThing = ({ item }: Entry, all: readonly Entry[]): boolean =>
  !item.endsWith('/reboot') && !all.some((other) => other.item === `${item}/second`);

const nameOf = ({ item, id }: Entry, kind: string): string => {
  const key = item.slice(`made#${kind}#`.length).replace(/\/second$/, '');
  if (id === undefined) return `${key} (begun, perhaps not there)`;
  return /^(d|t|sg)-[0-9a-z]+$/.test(id) && id !== key ? `${key} (${id})` : key;
};

/** What the ledger says was made, in words; an empty text where that is nothing. */
export const madeInWords = (entries: readonly Entry[]): string => {
  const things = entries.filter((entry) => isThing(entry, entries));
  const groups = Object.entries(labels).flatMap(([kind, label]) => {
    const names = things.filter(({ item }) => item.startsWith(`made#${kind}#`));
    return names.length === 0 ? [] : `${label} ${listed(names.map((entry) => nameOf(entry, kind)))}`;
  });
  return oneLine(groups.join('; '));
};
