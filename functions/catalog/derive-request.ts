import type { z } from 'zod';
import type { Connection } from '../request/connections.ts';
import { forbidden } from '../request/forbidden.ts';
import { parseRequest, type requestSchema } from '../request/schema.ts';
import { Forbidden } from '../support/errors.ts';
import type { Parameters } from './parameters.ts';

type Request = z.input<typeof requestSchema>;

/** Every product has a directory of its own, unless the connection names one for all of them. */
const directoryOf = (
  requestId: string,
  { directory, vpcIds: [vpcId = ''], subnetIds }: Connection,
): Request['directory'] =>
  'directoryId' in directory
    ? directory
    : {
        name: `${requestId}.${directory.nameSuffix}`,
        shortName: requestId.replaceAll('-', '').slice(0, 15).toUpperCase(),
        vpcId,
        subnetIds: subnetIds.slice(0, 2),
      };

const databaseSubnets = ({ directory, subnetIds }: Connection): string[] =>
  'directoryId' in directory || subnetIds.length < 4 ? subnetIds : subnetIds.slice(2);

/** A name without a domain is one of the company's. */
const loginName = (name: string, shortName: string): string =>
  name.includes('\\') ? name : `${shortName}\\${name}`;

const clientsOf = ({ networks, clientNetworks }: Connection): string[] =>
  clientNetworks.length === 0 ? networks : clientNetworks;

/** Who may reach the database, and who may log in to it, by the form over a connection. */
export const admitted = (connection: Connection, form: Parameters) => ({
  allowedNetworks: form.AllowedNetworks.length === 0 ? clientsOf(connection) : form.AllowedNetworks,
  windowsLogins: form.Logins.map((name) => ({
    name: loginName(name, connection.shortName),
    serverRoles: form.LoginRoles,
  })),
});
export type Admitted = ReturnType<typeof admitted>;

/** The request that the form of the catalog makes over a connection; throws where it is none that may be made. */
export const deriveRequest = (requestId: string, connection: Connection, form: Parameters): Request => {
  const { domainName, shortName, dnsIpAddresses, networks, trust } = connection;
  const [domainController] = connection.domainControllers;
  const request: Request = {
    requestId,
    directory: directoryOf(requestId, connection),
    onPremises: {
      domainName,
      shortName,
      dnsIpAddresses,
      networks,
      clientNetworks: clientsOf(connection),
      domainController: { managedNodeId: domainController?.managedNodeId ?? '' },
    },
    trust,
    database: {
      identifier: form.DatabaseIdentifier,
      engine: form.Engine,
      instanceClass: form.InstanceClass,
      allocatedStorage: form.StorageGiB,
      storageType: 'gp3',
      multiAz: form.MultiAz,
      backupRetentionDays: form.BackupDays,
      deletionProtection: form.DeletionProtection,
      subnetIds: databaseSubnets(connection),
      ...admitted(connection, form),
    },
  };
  const reason = forbidden(parseRequest(request), [connection]);
  if (reason !== null) throw new Forbidden(reason);
  return request;
};

/** The connection of that name; throws where the deployment has none. */
export const connectionNamed = (connections: readonly Connection[], name: string): Connection => {
  const found = connections.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = connections.map((each) => each.name).join(', ') || 'none';
  throw new Forbidden(`This deployment has no connection ${name}. Choose one of: ${names}.`);
};
