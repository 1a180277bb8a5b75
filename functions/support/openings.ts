import ipaddr from 'ipaddr.js';
import { isInside } from '../request/networks.ts';
import type { Ports } from './active-directory-ports.ts';

const { IPv4 } = ipaddr;

/** Traffic to let through: ports, and the network (a CIDR) or the security group at the other end. */
export interface Opening extends Ports {
  readonly peer: string;
}

/** A rule that a security group has. */
export interface Rule {
  readonly id: string;
  readonly groupId: string;
  readonly egress: boolean;
  /** `tcp`, `udp`, ... or `-1` for everything. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: string;
  readonly description: string;
}

/** The openings of these ports towards each of these networks. */
export const openings = (ports: readonly Ports[], peers: readonly string[]): readonly Opening[] =>
  peers.flatMap((peer) =>
    ports.map(({ protocol, fromPort, toPort }) => ({ protocol, fromPort, toPort, peer })),
  );

const includes = (wide: string, narrow: string): boolean =>
  wide === narrow || (IPv4.isValidCIDR(wide) && IPv4.isValidCIDR(narrow) && isInside(narrow, wide));

type Traffic = Pick<Rule, 'protocol' | 'fromPort' | 'toPort' | 'peer'>;

/** Whether the one lets everything through that the other lets through. */
export const covers = (one: Traffic, other: Traffic): boolean =>
  (one.protocol === '-1' ||
    (one.protocol === other.protocol && one.fromPort <= other.fromPort && other.toPort <= one.toPort)) &&
  includes(one.peer, other.peer);

/** The openings that no rule of that direction lets through already, each once, the widest of those that overlap. */
export const missing = (
  wanted: readonly Opening[],
  rules: readonly Rule[],
  egress: boolean,
): readonly Opening[] => {
  const there = rules.filter((rule) => rule.egress === egress);
  return wanted.filter(
    (opening, index) =>
      !there.some((rule) => covers(rule, opening)) &&
      !wanted.some(
        (other, at) => at !== index && covers(other, opening) && (at < index || !covers(opening, other)),
      ),
  );
};
