import ipaddr from 'ipaddr.js';

const { IPv4 } = ipaddr;

/** An IPv4 network cut in two; it has more than one address. */
export const halves = (network: string): readonly [string, string] => {
  const [start, width] = IPv4.parseCIDR(network);
  const second = start
    .toByteArray()
    .map((byte, at) => (at === width >> 3 ? byte | (0x80 >> (width & 7)) : byte));
  return [`${start.toString()}/${width + 1}`, `${second.join('.')}/${width + 1}`];
};
