import type { HalfDirection } from '../../simulator/world/forest.ts';
import { domainName, onPremises, type TrustAccount, trustAccount } from './trust-account.ts';

/** Where the directory's first controller stands. */
export const subnetId = 'subnet-0000000000000000a';
const password = 'S3cret of both halves';

export const wanted = {
  remoteDomainName: domainName,
  direction: 'One-Way: Outgoing',
  type: 'Forest',
  selectiveAuthentication: false,
  password,
} as const;

/** Two sides that know each other's names, and the company's half. */
export const prepare = async (direction: HalfDirection = 'Inbound') => {
  const account = await trustAccount();
  const { world, directory, forest } = account;
  world.trusts.forward(directory, domainName, onPremises.dnsIpAddresses);
  forest.forwarders.set(directory.name, directory.dnsIpAddresses);
  forest.halves.set(directory.name, { direction, type: 'Forest', selectiveAuthentication: false, password });
  return account;
};

/** The directory's half, after five minutes. */
export const created = async ({ world, directory, seconds }: TrustAccount, difference: object = {}) => {
  const trust = world.trusts.create(directory, { ...wanted, ...difference });
  await seconds(300);
  return trust;
};

/** The company's half, with something else in it. */
export const half = ({ forest, directory }: TrustAccount, difference: object): void => {
  Object.assign(Object(forest.halves.get(directory.name)), difference);
};
