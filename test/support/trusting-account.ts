import {
  CreateTrustCommand,
  type CreateTrustCommandInput,
  DeleteTrustCommand,
  DescribeTrustsCommand,
  VerifyTrustCommand,
} from '@aws-sdk/client-directory-service';
import type { Half } from '../../simulator/world/forest.ts';
import { directoryId, directoryName, domainName } from './company.ts';
import { companyAccount } from './company-account.ts';

export const password = 'Of-both-halves-1';
const wanted: CreateTrustCommandInput = {
  DirectoryId: directoryId,
  RemoteDomainName: domainName,
  TrustPassword: password,
  TrustDirection: 'One-Way: Outgoing',
  ConditionalForwarderIpAddrs: ['10.20.0.10'],
};
export const contactless =
  'The specified domain name does not exist or could not be contacted. Name: corp.example.com';

/** An account whose company has made its half, and forwards the directory's names. */
export const trustingAccount = (half: Partial<Half> | null = {}) => {
  const account = companyAccount();
  const { ds, directory, forest } = account;
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  if (half !== null)
    forest.halves.set(directoryName, {
      direction: 'Inbound',
      type: 'Forest',
      selectiveAuthentication: false,
      password,
      ...half,
    });
  return {
    ...account,
    create: async (difference: object = {}): Promise<string> =>
      String((await ds.send(new CreateTrustCommand({ ...wanted, ...difference }))).TrustId),
    show: async (...TrustIds: string[]) =>
      (await ds.send(new DescribeTrustsCommand({ DirectoryId: directoryId, TrustIds }))).Trusts?.[0],
    verify: (TrustId: string) => ds.send(new VerifyTrustCommand({ TrustId })),
    remove: (TrustId: string, more: object = {}) => ds.send(new DeleteTrustCommand({ TrustId, ...more })),
  };
};

type Account = ReturnType<typeof trustingAccount>;

/** The states that a trust goes through within some minutes, each told once. */
export const states = async ({ world, seconds }: Account, count = 180): Promise<string[]> => {
  const seen: string[] = [];
  for (let second = 0; second < count; second += 1) {
    const state = world.directories.all[0]?.trusts[0]?.state ?? 'gone';
    if (seen.at(-1) !== state) seen.push(state);
    await seconds(1);
  }
  return seen;
};
