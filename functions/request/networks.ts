import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const { IPv4 } = ipaddr;
const unreachable = new Set<string>(['unspecified', 'loopback', 'linkLocal', 'multicast', 'broadcast']);
const lastBlock = IPv4.parse('240.0.0.0');

/** Whether a host can have this address: none of loopback, link-local, multicast or the reserved last block. */
const isHost = (address: ipaddr.IPv4): boolean =>
  !unreachable.has(address.range()) && !address.match(lastBlock, 4);

const addressAdvice = 'write the IPv4 address of a host, such as "10.20.0.10"';
export const address = z
  .ipv4({ error: addressAdvice })
  .refine((written) => IPv4.isValid(written) && isHost(IPv4.parse(written)), { error: addressAdvice });

const networkAdvice =
  'write an IPv4 network of /8 or narrower, such as "10.20.0.0/16", and never everything (0.0.0.0/0 or ::/0), loopback, link-local or multicast';
const start = (network: string): ipaddr.IPv4 => IPv4.networkAddressFromCIDR(network);

/** An IPv4 network in canonical form: the bits of the host are zero. */
export const network = z
  .cidrv4({ error: networkAdvice })
  .refine(
    (written) => IPv4.isValidCIDR(written) && IPv4.parseCIDR(written)[1] >= 8 && isHost(start(written)),
    {
      error: networkAdvice,
    },
  )
  .overwrite((written) =>
    IPv4.isValidCIDR(written) ? `${start(written).toString()}/${IPv4.parseCIDR(written)[1]}` : written,
  );

/** Whether an address, or the whole of a network, lies inside a network. */
export const isInside = (inner: string, outer: string): boolean => {
  const [first, width] = IPv4.parseCIDR(inner.includes('/') ? inner : `${inner}/32`);
  const [base, bits] = IPv4.parseCIDR(outer);
  return width >= bits && first.match(base, bits);
};

export const overlap = (one: string, other: string): boolean => isInside(one, other) || isInside(other, one);
