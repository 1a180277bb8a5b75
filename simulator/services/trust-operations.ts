import type * as sdk from '@aws-sdk/client-directory-service';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Directories, Directory, Trust } from '../world/directories.ts';
import type { Trusts } from '../world/trusts.ts';
import { addressesIn, conditionalForwarders, domainOf } from './directory-service/conditional-forwarders.ts';
import { activeDirectoryIn, directoryIn, invalid, page } from './directory-service/look-up.ts';
import { checkPatterns } from './directory-service/patterns.ts';
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

/** The operations on trusts and conditional forwarders of Directory Service. */
export const trustOperations = (directories: Directories, trusts: Trusts): Operations<typeof sdk> => {
  const find = (trustId: string | undefined): { directory: Directory; trust: Trust } => {
    const id = required(trustId, 'TrustId');
    for (const directory of directories.all)
      for (const trust of directory.trusts) if (trust.trustId === id) return { directory, trust };
    throw new ServiceError('EntityDoesNotExistException', `Trust ${id} does not exist.`);
  };

  return {
    ...conditionalForwarders(directories, trusts),

    CreateTrust(input) {
      const remoteDomainName = domainOf(input.RemoteDomainName);
      const addresses = addressesIn(input.ConditionalForwarderIpAddrs ?? []);
      const password = required(input.TrustPassword, 'TrustPassword');
      checkPatterns(['trustPassword', password]);
      const directory = activeDirectoryIn(directories, input.DirectoryId);
      if (directory.trusts.some((trust) => trust.remoteDomainName === remoteDomainName))
        throw new ServiceError(
          'EntityAlreadyExistsException',
          `A trust with ${remoteDomainName} already exists.`,
        );
      if (addresses.length > 0) trusts.forward(directory, remoteDomainName, addresses);
      const trust = trusts.create(directory, {
        remoteDomainName,
        direction: required(input.TrustDirection, 'TrustDirection'),
        type: input.TrustType ?? 'Forest',
        selectiveAuthentication: input.SelectiveAuth === 'Enabled',
        password,
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
      const { directory, trust } = find(TrustId);
      if (SelectiveAuth !== undefined) trusts.update(directory, trust, SelectiveAuth === 'Enabled');
      return { TrustId, RequestId: TrustId };
    },

    DeleteTrust({ TrustId, DeleteAssociatedConditionalForwarder }) {
      const { directory, trust } = find(TrustId);
      if (trust.state !== 'Deleting')
        trusts.delete(directory, trust, DeleteAssociatedConditionalForwarder ?? false);
      return { TrustId };
    },
  };
};
