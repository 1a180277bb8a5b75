import type * as sdk from '@aws-sdk/client-directory-service';
import type { Operations } from '../../wire/operations.ts';
import { ServiceError } from '../../wire/service-error.ts';
import type { Directories } from '../../world/directories.ts';
import type { Trusts } from '../../world/trusts.ts';
import { required } from '../required.ts';
import { activeDirectoryIn } from './look-up.ts';
import { checkPatterns } from './patterns.ts';

const none = (domainName: string): ServiceError =>
  new ServiceError('EntityDoesNotExistException', `There is no conditional forwarder for ${domainName}.`);

/** A domain's name as the service keeps it. */
export const domainOf = (remoteDomainName: string | undefined): string => {
  const given = required(remoteDomainName, 'RemoteDomainName');
  checkPatterns(['remoteDomainName', given]);
  return given.toLowerCase().replace(/\.$/, '');
};

/** The addresses of DNS servers. */
export const addressesIn = (given: readonly string[]): readonly string[] => {
  checkPatterns(...given.map((address) => ['ipAddr', address] as const));
  return given;
};

/** The operations on conditional forwarders. */
export const conditionalForwarders = (directories: Directories, trusts: Trusts): Operations<typeof sdk> => ({
  CreateConditionalForwarder({ DirectoryId, RemoteDomainName, DnsIpAddrs }) {
    const domainName = domainOf(RemoteDomainName);
    const addresses = addressesIn(required(DnsIpAddrs, 'DnsIpAddrs'));
    const directory = activeDirectoryIn(directories, DirectoryId);
    if (directory.forwarders.has(domainName))
      throw new ServiceError(
        'EntityAlreadyExistsException',
        `A conditional forwarder for ${domainName} already exists.`,
      );
    trusts.forward(directory, domainName, addresses);
    return {};
  },

  UpdateConditionalForwarder({ DirectoryId, RemoteDomainName, DnsIpAddrs }) {
    const domainName = domainOf(RemoteDomainName);
    const addresses = addressesIn(required(DnsIpAddrs, 'DnsIpAddrs'));
    const directory = activeDirectoryIn(directories, DirectoryId);
    if (!directory.forwarders.has(domainName)) throw none(domainName);
    trusts.forward(directory, domainName, addresses);
    return {};
  },

  /** AWS asks for names without their trailing dot here. */
  DescribeConditionalForwarders({ DirectoryId, RemoteDomainNames: names }) {
    const directory = activeDirectoryIn(directories, DirectoryId);
    for (const name of names ?? []) if (!directory.forwarders.has(name)) throw none(name);
    const wanted = [...directory.forwarders].filter(([name]) => names?.includes(name) ?? true);
    return {
      ConditionalForwarders: wanted.map(([RemoteDomainName, { addresses }]) => ({
        RemoteDomainName,
        DnsIpAddrs: [...addresses],
        ReplicationScope: 'Domain',
      })),
    };
  },

  DeleteConditionalForwarder({ DirectoryId, RemoteDomainName }) {
    const domainName = domainOf(RemoteDomainName);
    const directory = activeDirectoryIn(directories, DirectoryId);
    if (!directory.forwarders.delete(domainName)) throw none(domainName);
    return {};
  },
});
