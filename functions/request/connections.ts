import { z } from 'zod';
import { identifier, kmsKeyId, masterUserSecretArn } from './database.ts';
import { fields, managedNodeId, securityGroupId, subnetId, text, vpcId, yesOrNo } from './fields.ts';
import { domainName, shortName } from './names.ts';
import { address, isInside, network } from './networks.ts';
import {
  type Database,
  type Directory,
  type ExistingDatabase,
  type NormalisedRequest,
  trustSchema,
} from './schema.ts';

/** Service Catalog offers it in a list. */
const connectionName = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,38}[A-Za-z0-9._-])?$/,
  'write 1 to 40 letters, digits, spaces and . _ -, the first a letter or digit, such as "corp"',
);

const directoryId = text(
  /^d-[0-9a-f]{10}$/,
  'write the id of a directory for all databases, such as "d-0123456789", or instead of it nameSuffix, the domain that new directories are named under, such as "aws.example.com"',
);

const any = <Element extends z.ZodType>(element: Element, what: string) =>
  z.array(element, { error: `write a list of ${what}; an empty one allows nothing` });

const connectionSchema = fields({
  name: connectionName,
  domainName,
  shortName,
  dnsIpAddresses: any(address, "addresses of the company's DNS servers"),
  networks: any(network, "networks that hold the company's domain controllers and DNS servers"),
  /** Where clients and applications are: the directory and databases may be opened to these and to `networks`. */
  clientNetworks: any(network, 'networks whose clients log in'),
  domainControllers: any(
    fields({
      managedNodeId,
      roleArn: text(
        /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
        "write the ARN of the domain controller's role",
      ),
    }),
    'domain controllers, each with managedNodeId and roleArn',
  ),
  trust: trustSchema.pick({ type: true, direction: true }).extend({
    /** What requests from the catalog ask for, whose requesters are not asked. */
    selectiveAuthentication: yesOrNo.default(false),
  }),
  directory: z.union([fields({ directoryId }), fields({ nameSuffix: domainName })], {
    error: 'write an object of directoryId or nameSuffix',
  }),
  vpcIds: any(vpcId, 'VPC ids'),
  /** From the catalog, a new directory gets the first two, and a database the others. */
  subnetIds: any(subnetId, 'subnet ids'),
  securityGroupIds: any(securityGroupId, 'security group ids').default([]),
  /** The keys that a new database's storage may be encrypted with, beside the account's own for RDS. */
  kmsKeyIds: any(kmsKeyId, 'ARNs, ids or aliases of KMS keys').default([]),
  /** Instances that may join, each with the secret of its master user where RDS does not keep that itself. */
  existingInstances: any(
    fields({
      identifier,
      masterUserSecretArn: masterUserSecretArn.optional(),
      /** Its security groups, one of which gets a rule for who is to reach it. */
      securityGroupIds: any(securityGroupId, 'security group ids').default([]),
    }),
    'instances, each with identifier',
  ),
});
export type Connection = z.output<typeof connectionSchema>;

/** What a deployment lets be connected, each under a name of its own; an empty list allows nothing. */
export const connectionsSchema = z
  .array(connectionSchema, { error: 'write a list of connections' })
  .superRefine((all, context) => {
    const names = all.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'give each connection a name of its own',
        });
  });

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('write the list of connections as JSON');
    return z.NEVER;
  }
});

/** The connections as a function's environment has them. */
export const connectionsSetting = json.pipe(connectionsSchema);

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

const databaseOutside = (database: Database, connection: Connection): string[] => {
  const clients = [...connection.networks, ...connection.clientNetworks];
  return [
    ...(database.existing
      ? existingOutside(database, connection)
      : [
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
