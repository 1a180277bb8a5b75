import { awaitVerification } from '../../functions/trust/await-verification.ts';
import type { Trust } from '../../simulator/world/directories.ts';
import { directoryName, domainName, onPremises, outgoing, trustAccount } from './trust-account.ts';

export const trustId = 't-1234567890';
export const input = { trustId, failure: null };
export const reason = 'The specified domain does not exist or could not be contacted. Name: corp.example.com';

/** An account with both halves of a trust, and everything in place for its verification. */
export const prepare = async (change: Partial<Trust> = {}) => {
  const account = await trustAccount();
  const { world, directory, forest, clock } = account;
  world.trusts.forward(directory, domainName, onPremises.dnsIpAddresses);
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  forest.halves.set(directoryName, { ...outgoing, direction: 'Inbound', password: 'secret' });
  const trust: Trust = {
    ...outgoing,
    trustId,
    remoteDomainName: domainName,
    createdAt: clock.now(),
    changedAt: clock.now(),
    password: 'secret',
    state: 'VerifyFailed',
    reason,
    ...change,
  };
  directory.trusts.push(trust);
  await account.seconds(3600);
  account.disturb();
  const time = () => new Date(clock.now()).toISOString();
  const asked = () => account.calls.filter((call) => call === 'ds:VerifyTrust').length;
  const wait = (askedAt: string): Promise<unknown> => account.run(awaitVerification, { trustId, askedAt });
  return { account, trust, time, asked, wait };
};
