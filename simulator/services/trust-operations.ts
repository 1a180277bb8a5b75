import type * as sdk from '@aws-sdk/client-directory-service';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Directories, Directory, Trust } from '../world/directories.ts';
import type { Trusts } from '../world/trusts.ts';
import { activeDirectoryIn, directoryIn, invalid, page } from './directory-service.ts';
import { required } from './required.ts';

const describe = (directory: Directory, trust: Trust): sdk.Trust => ({
  DirectoryId: directory.directoryId,
  TrustId: trust.trustId,
  RemoteDomainName: trust.remoteDomainName,
  TrustType: trust.type,
  TrustDirection: trust.direction,
  TrustState: trust.state,
  TrustStateReason: trust.reason ?? undefined,
  CreatedDateTime: new Date(trust.createdAt),
  LastUpdatedDateTime: new Date(trust.changedAt),
  StateLastUpdatedDateTime: new Date(trust.changedAt),
  SelectiveAuth: trust.selectiveAuthentication ? 'Enabled' : 'Disabled',
});

const domainOf = (remoteDomainName: string | undefined): string =>
  required(remoteDomainName, 'RemoteDomainName').toLowerCase().replace(/\.$/, '');

const noForwarder = (domainName: string): ServiceError =>
  new ServiceError('EntityDoesNotExistException', `There is no conditional forwarder for ${domainName}.`);

/** The operations on trusts and conditional forwarders of Directory Service. */
export const trustOperations = (directories: Directories, trusts: Trusts): Operations<typeof sdk> => {
  const active = (directoryId: string | undefined): Directory => activeDirectoryIn(directories, directoryId);
  const find = (trustId: string | undefined): { directory: Directory; trust: Trust } => {
    const id = required(trustId, 'TrustId');
    for (const directory of directories.all)
      for (const trust of directory.trusts) if (trust.trustId === id) return { directory, trust };
    throw new ServiceError('EntityDoesNotExistException', `Trust ${id} does not exist.`);
  };

  return {
    CreateTrust(input) {
      const directory = active(input.DirectoryId);
      const remoteDomainName = domainOf(input.RemoteDomainName);
      if (directory.trusts.some((trust) => trust.remoteDomainName === remoteDomainName))
        throw new ServiceError(
          'EntityAlreadyExistsException',
          `A trust with ${remoteDomainName} already exists.`,
        );
      const addresses = input.ConditionalForwarderIpAddrs ?? [];
      if (addresses.length > 0) trusts.forward(directory, remoteDomainName, addresses);
      const trust = trusts.create(directory, {
        remoteDomainName,
        direction: required(input.TrustDirection, 'TrustDirection'),
        type: input.TrustType ?? 'Forest',
        selectiveAuthentication: input.SelectiveAuth === 'Enabled',
        password: required(input.TrustPassword, 'TrustPassword'),
      });
      return { TrustId: trust.trustId };
    },

    DescribeTrusts({ DirectoryId, TrustIds, NextToken, Limit }) {
      if (TrustIds?.length === 0) throw invalid('TrustIds must not be empty.');
      const asked = DirectoryId === undefined ? directories.all : [directoryIn(directories, DirectoryId)];
      for (const id of TrustIds ?? []) find(id);
      const all = asked
        .flatMap((directory) => directory.trusts.map((trust) => describe(directory, trust)))
        .filter(({ TrustId }) => TrustIds === undefined || TrustIds.includes(String(TrustId)));
      const { items, NextToken: next } = page(all, NextToken, Limit);
      return { Trusts: [...items], NextToken: next };
    },

    VerifyTrust({ TrustId }) {
      const { directory, trust } = find(TrustId);
      if (trust.direction === 'One-Way: Incoming')
        throw new ServiceError('UnsupportedOperationException', 'An incoming trust cannot be verified.');
      if (trust.state === 'Creating' || trust.state === 'Deleting' || trust.state === 'Failed')
        throw invalid(`Trust ${TrustId} cannot be verified while it is ${trust.state}.`);
      if (trust.state !== 'Verifying') trusts.verify(directory, trust);
      return { TrustId };
    },

    UpdateTrust({ TrustId, SelectiveAuth }) {
      const { trust } = find(TrustId);
      if (SelectiveAuth !== undefined) trust.selectiveAuthentication = SelectiveAuth === 'Enabled';
      return { TrustId, RequestId: TrustId };
    },

    DeleteTrust({ TrustId, DeleteAssociatedConditionalForwarder }) {
      const { directory, trust } = find(TrustId);
      if (trust.state !== 'Deleting')
        trusts.delete(directory, trust, DeleteAssociatedConditionalForwarder ?? false);
      return { TrustId };
    },

    CreateConditionalForwarder({ DirectoryId, RemoteDomainName, DnsIpAddrs }) {
      const directory = active(DirectoryId);
      const domainName = domainOf(RemoteDomainName);
      if (directory.forwarders.has(domainName))
        throw new ServiceError(
          'EntityAlreadyExistsException',
          `A conditional forwarder for ${domainName} already exists.`,
        );
      trusts.forward(directory, domainName, required(DnsIpAddrs, 'DnsIpAddrs'));
      return {};
    },

    UpdateConditionalForwarder({ DirectoryId, RemoteDomainName, DnsIpAddrs }) {
      const directory = active(DirectoryId);
      const domainName = domainOf(RemoteDomainName);
      if (!directory.forwarders.has(domainName)) throw noForwarder(domainName);
      trusts.forward(directory, domainName, required(DnsIpAddrs, 'DnsIpAddrs'));
      return {};
    },

    DescribeConditionalForwarders({ DirectoryId, RemoteDomainNames }) {
      const directory = active(DirectoryId);
      for (const name of RemoteDomainNames ?? [])
        if (!directory.forwarders.has(name)) throw noForwarder(name);
      const wanted = [...directory.forwarders].filter(([name]) => RemoteDomainNames?.includes(name) ?? true);
      return {
        ConditionalForwarders: wanted.map(([RemoteDomainName, { addresses }]) => ({
          RemoteDomainName,
          DnsIpAddrs: [...addresses],
          ReplicationScope: 'Domain',
        })),
      };
    },

    DeleteConditionalForwarder({ DirectoryId, RemoteDomainName }) {
      const directory = active(DirectoryId);
      const domainName = domainOf(RemoteDomainName);
      if (!directory.forwarders.delete(domainName)) throw noForwarder(domainName);
      return {};
    },
  };
};
