import type { NormalisedRequest } from '../../functions/request/schema.ts';
import type { World } from '../../simulator/world/world.ts';

const trustItems = ({ requestId, onPremises }: NormalisedRequest, { directories }: World): string[] =>
  directories.all.flatMap(({ directoryId, securityGroupId, name, trusts }) => [
    `made#directory-rule#${securityGroupId}/egress`,
    `made#directory-rule#${securityGroupId}/ingress`,
    `made#forwarder-in-aws#${directoryId}/${onPremises.domainName}`,
    `made#forwarder-on-premises#${name}`,
    `made#half-in-aws#${directoryId}/${onPremises.domainName}`,
    `made#half-on-premises#${name}`,
    `made#secret#forestbridge/${requestId}/trust`,
    ...trusts.map(({ trustId }) => `trust#${trustId}`),
  ]);

const directoryItems = ({ requestId, directory }: NormalisedRequest): string[] =>
  directory.directoryId === null
    ? [`made#directory#${directory.name}`, `made#secret#forestbridge/${requestId}/directory-admin`]
    : [];

const joinItems = (identifier: string): string[] => [
  `made#membership#${identifier}`,
  `made#membership#${identifier}/reboot`,
];

const databaseItems = ({ requestId, directory, database }: NormalisedRequest, world: World): string[] => {
  if (database === null) return [];
  const { identifier } = database;
  const logins = database.windowsLogins.map(({ name }) => `made#login#${identifier}/${name}`);
  if (database.existing) {
    const [groupId] = world.databases.find(identifier)?.securityGroupIds ?? [];
    return [...logins, ...joinItems(identifier), `made#security-group-rule#${groupId}/ingress`];
  }
  return [
    ...logins,
    `made#instance#${identifier}`,
    `made#security-group#forestbridge-${requestId}`,
    `made#subnet-group#forestbridge-${requestId}`,
    // An instance that is created in its directory joins nothing afterwards.
    ...(directory.directoryId === null ? joinItems(identifier) : []),
  ];
};

/** The items that the ledger is to have once an execution has carried the request out. */
export const madeFor = (request: NormalisedRequest, world: World, execution: string): readonly string[] => [
  'request',
  'result',
  'conclusion',
  `conclusion#${execution}`,
  ...directoryItems(request),
  ...trustItems(request, world),
  ...world.directories.all.flatMap(({ directoryId, ipRoutes }) =>
    ipRoutes.map(({ cidr }) => `made#ip-route#${directoryId}/${cidr}`),
  ),
  ...databaseItems(request, world),
];
