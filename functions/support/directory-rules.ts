import { clientPorts, domainControllerPorts } from './active-directory-ports.ts';
import { type Opening, openings } from './openings.ts';

/** Rules a direction that a security group takes by AWS's default quota; IPv6 is counted apart. */
export const mostRules = 60;
/** What AWS itself puts into a new directory's group. */
export const ofNewDirectory = { inbound: 18, outbound: 1 };

interface Company {
  readonly networks: readonly string[];
  readonly clientNetworks: readonly string[];
}

/** What a directory's security group has to let out to the company and in from it and its clients. */
export const directoryOpenings = ({
  networks,
  clientNetworks,
}: Company): { readonly outbound: readonly Opening[]; readonly inbound: readonly Opening[] } => {
  const company = openings(domainControllerPorts, networks);
  return { outbound: company, inbound: [...company, ...openings(clientPorts, clientNetworks)] };
};
