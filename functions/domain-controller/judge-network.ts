import type { Finding } from '../support/finding.ts';
import type { Facts } from './results.ts';

/** Beyond five minutes Kerberos refuses a ticket. */
const greatestSkewSeconds = 300;

/** What the domain controller needs each port of the directory for. */
const purposes: Readonly<Record<string, string>> = {
  53: 'DNS',
  88: 'Kerberos',
  135: 'RPC endpoint mapper',
  389: 'LDAP',
  445: 'SMB, over which the trust is made',
  464: 'Kerberos password change',
  636: 'LDAP over TLS',
  3268: 'global catalog',
  3269: 'global catalog over TLS',
};

const firewalls =
  "the company's firewall, the routes, the network ACLs and the directory's security group must let them through";

const judgePorts = (address: string, ports: Readonly<Record<string, boolean>>): Finding[] => {
  const closed = Object.keys(purposes).filter((port) => ports[port] !== true);
  if (closed.length === 0) return [];
  const list = closed.map((port) => `${port} (${purposes[port]})`).join(', ');
  return [
    {
      level: 'error',
      code: 'closed-ports',
      message: `The domain controller does not reach the directory at ${address} on TCP ${list}: ${firewalls}.`,
    },
  ];
};

const judgeName = (address: string, directoryName: string, answers: boolean): Finding[] =>
  answers
    ? []
    : [
        {
          level: 'error',
          code: 'name-not-resolved',
          message: `The directory's DNS server ${address} does not tell this domain controller where ${directoryName} is: UDP and TCP 53 must be open between them.`,
        },
      ];

const judgeClock = (skew: number | null): Finding[] => {
  if (skew === null)
    return [
      {
        level: 'warning',
        code: 'clock-not-compared',
        message: `The clock could not be compared with the directory's (UDP 123). Kerberos needs them within ${greatestSkewSeconds} seconds.`,
      },
    ];
  if (Math.abs(skew) <= greatestSkewSeconds) return [];
  return [
    {
      level: 'error',
      code: 'clock-skew',
      message: `The clock differs from the directory's by ${Math.round(Math.abs(skew))} seconds, and Kerberos allows ${greatestSkewSeconds}. Synchronise the company's domain controllers with a reliable time source.`,
    },
  ];
};

/** How the domain controller reaches the directory's; nothing before those have addresses. */
export const judgeNetwork = (
  { names, ports, clockSkewSeconds }: Facts,
  directoryName: string,
  addresses: readonly string[],
): Finding[] => [
  ...addresses.flatMap((address) => judgeName(address, directoryName, names[address] === true)),
  ...addresses.flatMap((address) => judgePorts(address, ports[address] ?? {})),
  ...(addresses.length === 0 ? [] : judgeClock(clockSkewSeconds)),
];
