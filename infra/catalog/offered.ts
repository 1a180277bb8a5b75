import { deriveRequest } from '../../functions/catalog/derive-request.ts';
import type { Parameters } from '../../functions/catalog/parameters.ts';
import type { Connection } from '../../functions/request/connections.ts';

/** A name that a database could have over that connection. */
const sampleIdentifier = ({ identifierPrefixes: [prefix = ''] }: Connection): string =>
  prefix.endsWith('-') ? `${prefix}sample` : prefix;

const form = (connection: Connection): Parameters => ({
  Connection: connection.name,
  DatabaseIdentifier: sampleIdentifier(connection),
  Engine: 'sqlserver-se',
  InstanceClass: 'db.r6i.large',
  StorageGiB: 100,
  MultiAz: false,
  BackupDays: 7,
  DeletionProtection: true,
  AllowedNetworks: [],
  Logins: [],
  LoginRoles: [],
  Repetition: 0,
});

/** As long as Service Catalog makes them. */
const sampleId = 'pp-abcdefghijklm';

/** Why nobody could ask for a database over that connection, or null. */
const obstacle = (connection: Connection): string | null => {
  try {
    deriveRequest(sampleId, connection, form(connection));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * A connection that can hold a database: it has a name for one, the directory has to trust the company, and somebody has
 * to make the company's half.
 */
const isOffered = ({ trust, domainControllers, identifierPrefixes }: Connection): boolean =>
  trust.direction !== 'One-Way: Incoming' && domainControllers.length > 0 && identifierPrefixes.length > 0;

/** The connections that the catalog offers. */
export const offered = (connections: readonly Connection[]): readonly Connection[] =>
  connections.filter(isOffered);

/** A request as it could be started by hand, over the first connection that can hold a database; null where there is none. */
export const sampleRequest = (connections: readonly Connection[]): object | null => {
  const connection = connections.find(isOffered);
  return connection === undefined ? null : deriveRequest('sample', connection, form(connection));
};

/** What is wrong with connections that the catalog is to offer: where, and why. */
export const unusable = (
  connections: readonly Connection[],
): readonly { readonly index: number; readonly reason: string }[] =>
  [...connections.entries()].flatMap(([index, connection]) => {
    const reason = isOffered(connection) ? obstacle(connection) : null;
    return reason === null ? [] : [{ index, reason }];
  });
