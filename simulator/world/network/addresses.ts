import ipaddr from 'ipaddr.js';

/** Naming the family spares the library a try of the other one, by an exception. */
const familyOf = (text: string) => (text.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4);

/** The CIDR as AWS writes it, host bits cleared: 100.68.0.18/18 becomes 100.68.0.0/18. Throws where it is none. */
export const canonical = (cidr: string): string => {
  const [, length] = familyOf(cidr).parseCIDR(cidr);
  return `${familyOf(cidr).networkAddressFromCIDR(cidr).toString()}/${length}`;
};

export const prefixLength = (cidr: string): number => familyOf(cidr).parseCIDR(cidr)[1];

/** Whether the address lies in the network; an address of the other family never does. */
export const within = (address: string, cidr: string): boolean => {
  const parsed = familyOf(address).parse(address);
  const network = familyOf(cidr).parseCIDR(cidr);
  return parsed.kind() === network[0].kind() && parsed.match(network);
};

export const isPrivate = (address: string): boolean => ipaddr.parse(address).range() === 'private';

/** The address that many steps after the first one of an IPv4 network. */
export const nth = (cidr: string, steps: number): string => {
  const bytes = ipaddr.IPv4.networkAddressFromCIDR(cidr).toByteArray();
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0) + steps;
  return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
};

const touches = (prefix: string, network: string): boolean =>
  within(`${prefix}.0.0`, network) || within(network.split('/')[0] ?? '', `${prefix}.0.0/16`);

/** The first of these prefixes of two bytes whose /16 none of the networks touches. */
export const clearOf = (networks: readonly string[], prefixes: readonly string[]): string => {
  const clear = prefixes.find((prefix) => networks.every((network) => !touches(prefix, network)));
  if (clear === undefined) throw new RangeError('The world has no network that is clear of the company.');
  return clear;
};
