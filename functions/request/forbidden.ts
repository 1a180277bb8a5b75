import type { Connection } from './connections.ts';
import type { Database, ExistingDatabase } from './database.ts';
import type { Directory } from './directory.ts';
import { isInside } from './networks.ts';
import type { NormalisedRequest } from './schema.ts';

const isOne = (value: string, allowed: string): boolean => value === allowed;
const isUnder = (name: string, suffix: string): boolean => name === suffix || name.endsWith(`.${suffix}`);

/** Says where a value lies outside, or nothing. */
const outside = (path: string, value: string, allowed: readonly string[], admits = isOne): string[] =>
  allowed.some((one) => admits(value, one))
    ? []
    : [`${path}: ${value} is not allowed; allowed: ${allowed.join(', ') || 'nothing'}`];

const allOutside = (
  path: string,
  values: readonly string[],
  allowed: readonly string[],
  admits = isOne,
): string[] => values.flatMap((value, index) => outside(`${path}[${index}]`, value, allowed, admits));

const directoryOutside = (
  directory: Directory,
  { directory: allowed, vpcIds, subnetIds }: Connection,
): string[] => {
  const pinned = 'directoryId' in allowed ? [allowed.directoryId] : [];
  const suffixes = 'nameSuffix' in allowed ? [allowed.nameSuffix] : [];
  if (directory.directoryId !== null) {
    return outside('directory.directoryId', directory.directoryId, pinned);
  }
  return [
    ...outside('directory.name', directory.name, suffixes, isUnder),
    ...outside('directory.vpcId', directory.vpcId, vpcIds),
    ...allOutside('directory.subnetIds', directory.subnetIds, subnetIds),
  ];
};

const existingOutside = (
  { identifier, masterUserSecretArn }: ExistingDatabase,
  { existingInstances }: Connection,
): string[] => {
  const secrets = existingInstances
    .filter((allowed) => allowed.identifier === identifier)
    .flatMap((allowed) => allowed.masterUserSecretArn ?? []);
  return [
    ...outside(
      'database.identifier',
      identifier,
      existingInstances.map((allowed) => allowed.identifier),
    ),
    ...(masterUserSecretArn === null
      ? []
      : outside('database.masterUserSecretArn', masterUserSecretArn, secrets)),
  ];
};

const identifierOutside = (identifier: string, { identifierPrefixes: prefixes }: Connection): string[] => {
  if (prefixes.some((prefix) => identifier.startsWith(prefix))) return [];
  const allowed =
    prefixes.length === 0 ? 'no new database is' : `it has to begin with: ${prefixes.join(', ')}`;
  return [`database.identifier: ${identifier} is not allowed; ${allowed}`];
};

const databaseOutside = (database: Database, connection: Connection): string[] => {
  const clients = [...connection.networks, ...connection.clientNetworks];
  return [
    ...(database.existing
      ? existingOutside(database, connection)
      : [
          ...identifierOutside(database.identifier, connection),
          ...allOutside('database.subnetIds', database.subnetIds, connection.subnetIds),
          ...allOutside('database.securityGroupIds', database.securityGroupIds, connection.securityGroupIds),
          ...(database.kmsKeyId === null
            ? []
            : outside('database.kmsKeyId', database.kmsKeyId, connection.kmsKeyIds)),
        ]),
    ...allOutside('database.allowedNetworks', database.allowedNetworks, clients, isInside),
  ];
};

const requestOutside = (
  { onPremises, trust, directory, database }: NormalisedRequest,
  allowed: Connection,
): string[] => [
  ...directoryOutside(directory, allowed),
  ...outside('onPremises.shortName', onPremises.shortName, [allowed.shortName]),
  ...allOutside('onPremises.dnsIpAddresses', onPremises.dnsIpAddresses, allowed.dnsIpAddresses),
  ...allOutside('onPremises.networks', onPremises.networks, allowed.networks, isInside),
  ...allOutside(
    'onPremises.clientNetworks',
    onPremises.clientNetworks,
    [...allowed.networks, ...allowed.clientNetworks],
    isInside,
  ),
  ...outside(
    'onPremises.domainController.managedNodeId',
    onPremises.domainController.managedNodeId,
    allowed.domainControllers.map(({ managedNodeId }) => managedNodeId),
  ),
  ...outside('trust.type', trust.type, [allowed.trust.type]),
  ...outside('trust.direction', trust.direction, [allowed.trust.direction]),
  ...(database === null ? [] : databaseOutside(database, allowed)),
];

/** Why the deployment's connections do not allow the request, or null where one of them does. */
export const forbidden = (request: NormalisedRequest, connections: readonly Connection[]): string | null => {
  const { domainName } = request.onPremises;
  const [closest] = connections
    .filter((connection) => connection.domainName === domainName)
    .map((connection) => ({ name: connection.name, problems: requestOutside(request, connection) }))
    .toSorted((one, other) => one.problems.length - other.problems.length);
  if (closest === undefined) {
    const domains = [...new Set(connections.map((one) => one.domainName))].join(', ') || 'none';
    return `This deployment has no connection for onPremises.domainName ${domainName}; it has connections for: ${domains}. Write one of them, or have a connection added to the deployment.`;
  }
  if (closest.problems.length === 0) return null;
  return [
    `The request lies outside the connection "${closest.name}". Write what it allows, or have it extended in the deployment:`,
    ...closest.problems.map((problem) => `- ${problem}.`),
  ].join('\n');
};
