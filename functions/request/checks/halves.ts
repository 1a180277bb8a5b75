import ipaddr from 'ipaddr.js';

const { IPv4 } = ipaddr;

/** An IPv4 network cut in two; it has more than one address. */
export const halves = (network: string): readonly [string, string] => {
  const [start, width] = IPv4.parseCIDR(network);
  const bytes = start.toByteArray();
  const second = bytes.with(width >> 3, (bytes[width >> 3] ?? 0) | (0x80 >> (width & 7)));
  return [`${start.toString()}/${width + 1}`, `${second.join('.')}/${width + 1}`];
};
