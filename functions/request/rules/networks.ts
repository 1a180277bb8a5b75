import { directoryOpenings, mostRules, ofNewDirectory } from '../../support/directory-rules.ts';
import { missing } from '../../support/openings.ts';
import { isInside, overlap } from '../networks.ts';
import type { Problem, Rule } from './legible.ts';

/** The directory is opened toward the networks only, so a DNS server outside them could not be asked. */
export const dnsInsideNetworks: Rule = function* ({ onPremises }) {
  if (onPremises === undefined) return;
  const { networks, dnsIpAddresses } = onPremises;
  const known = networks.filter((network) => network !== undefined);
  if (known.length === 0 || known.length < networks.length) return;
  for (const [index, address] of dnsIpAddresses.entries())
    if (address !== undefined && !known.some((network) => isInside(address, network)))
      yield {
        path: ['onPremises', 'dnsIpAddresses', index],
        advice: `write an address inside onPremises.networks (${known.join(', ')}), or add its network there`,
      };
};

function* apart(path: readonly string[], networks: readonly (string | undefined)[]): Iterable<Problem> {
  for (const [index, network] of networks.entries()) {
    if (network === undefined) continue;
    const other = networks.slice(0, index).find((before) => before !== undefined && overlap(before, network));
    if (other !== undefined) yield { path: [...path, index], advice: `leave one out: it overlaps ${other}` };
  }
}

/** Overlapping networks would become rules that AWS takes for one another. */
export const networksApart: Rule = function* ({ onPremises, database }) {
  yield* apart(['onPremises', 'networks'], onPremises?.networks ?? []);
  yield* apart(['onPremises', 'clientNetworks'], onPremises?.clientNetworks ?? []);
  yield* apart(['database', 'allowedNetworks'], database?.allowedNetworks ?? []);
};

const room = mostRules - ofNewDirectory.inbound;
const isLegible = (network: string | undefined): network is string => network !== undefined;

/** A new directory's group has room for so many rules and no more; for an adopted one's check-account looks. */
export const networksFit: Rule = function* ({ directory, onPremises }) {
  if (directory === undefined || directory.directoryId !== undefined || onPremises === undefined) return;
  const networks = onPremises.networks.filter(isLegible);
  const clients = onPremises.clientNetworks.filter(isLegible);
  // Outward there is more room, and nothing goes that does not come in as well.
  const needed = (clientNetworks: readonly string[]): number =>
    missing(directoryOpenings({ networks, clientNetworks }).inbound, [], false).length;
  const alone = needed([]);
  const together = needed(clients);
  if (together <= room) return;
  const fit = `a new directory's security group has room for ${room} inbound rules`;
  yield alone > room
    ? {
        path: ['onPremises', 'networks'],
        advice: `summarise them in fewer, wider networks, each /8 or narrower: ${fit}, and these need ${alone}`,
      }
    : {
        path: ['onPremises', 'clientNetworks'],
        advice: `summarise them, or onPremises.networks, in fewer, wider networks, each /8 or narrower: ${fit}, and both together need ${together}`,
      };
};
