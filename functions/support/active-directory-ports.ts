/** Ports of one protocol. */
export interface Ports {
  readonly protocol: 'tcp' | 'udp';
  readonly fromPort: number;
  readonly toPort: number;
}

const ports = (
  protocol: 'tcp' | 'udp',
  ...ranges: readonly (number | readonly [number, number])[]
): Ports[] =>
  ranges.map((range) => {
    const [fromPort, toPort] = typeof range === 'number' ? [range, range] : range;
    return { protocol, fromPort, toPort };
  });

/** What domain controllers, and members of a domain, need of a domain controller. */
export const domainControllerPorts: readonly Ports[] = [
  ...ports('tcp', 53, 88, 135, 389, 445, 464, 636, [3268, 3269], [49_152, 65_535]),
  ...ports('udp', 53, 88, 123, 389, 464),
];

/** What a trusted domain's clients need of it: names, tickets, where to find it, a new password, its policies. */
export const clientPorts: readonly Ports[] = [
  ...ports('tcp', 53, 88, 389, 445, 464),
  ...ports('udp', 53, 88, 389, 464),
];
