import type { IpRoute } from '../../simulator/world/directories.ts';
import { directoryId } from './trust-account.ts';

export const asking = (networks: readonly string[], dnsIpAddresses: readonly string[]) => ({
  directory: { directoryId },
  onPremises: { networks, dnsIpAddresses },
});
export const input = asking(['10.20.0.0/16', '198.51.100.0/24'], ['198.51.100.10', '203.0.113.5']);
export const blocks = ['198.51.100.0/24', '203.0.113.5/32'];

export const entryOf = (block: string, of = directoryId): string => `ip-route#${of}/${block}`;

export const route = (cidr: string): IpRoute => ({
  cidr,
  description: 'by hand',
  addedAt: 0,
  status: 'Added',
});
