import { expect } from 'vitest';
import type { NormalisedRequest } from '../../functions/request/schema.ts';
import type { World } from '../../simulator/world/world.ts';

type Trust = NormalisedRequest['trust'];

const ports = (protocol: 'tcp' | 'udp', ...numbers: readonly (number | string)[]): string[] =>
  numbers.map((number) => `${protocol} ${number}`);

const controllerPorts = [
  ...ports('tcp', 53, 88, 135, 389, 445, 464, 636, '3268-3269', '49152-65535'),
  ...ports('udp', 53, 88, 123, 389, 464),
];
const clientPorts = [...ports('tcp', 53, 88, 389, 445, 464), ...ports('udp', 53, 88, 389, 464)];
const halfDirections: Readonly<Record<Trust['direction'], string>> = {
  'One-Way: Outgoing': 'Inbound',
  'One-Way: Incoming': 'Outbound',
  'Two-Way': 'Bidirectional',
};

const rules = (way: 'from' | 'to', peers: readonly string[], ports: readonly string[]): string[] =>
  peers.flatMap((peer) => ports.map((port) => `${way} ${peer} ${port}`));

const isPublic = (cidr: string): boolean => !/^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(cidr);

const directoryFor = ({ onPremises, trust }: NormalisedRequest, known: object) => {
  const { domainName, dnsIpAddresses, networks, clientNetworks } = onPremises;
  const onlyClients = clientNetworks.filter((network) => !networks.includes(network));
  return {
    ...known,
    stage: 'Active',
    opened: [
      ...rules('to', networks, controllerPorts),
      ...rules('from', networks, controllerPorts),
      ...rules('from', onlyClients, clientPorts),
    ].toSorted(),
    toEverybody: [],
    forwarders: [[domainName, ...dnsIpAddresses].join(' ')],
    ipRoutes: networks.filter(isPublic).map((cidr) => `${cidr} Added`),
    trusts: [
      {
        remoteDomainName: domainName,
        ...trust,
        state: trust.direction === 'One-Way: Incoming' ? 'Created' : 'Verified',
        isPasswordOfHalf: true,
      },
    ],
  };
};

const instanceFor = (
  { database }: NormalisedRequest,
  { network }: World,
  directory: { readonly name: string; readonly subnetIds: readonly string[] },
) => {
  if (database === null) return [];
  const port = database.existing ? 1433 : database.port;
  const loginGroup = [...network.securityGroups.values()].find(({ name }) => name === 'forestbridge-login');
  const directorySubnets = directory.subnetIds.map((id) => network.subnets.get(id)?.cidr ?? '');
  const inward = rules('from', [...database.allowedNetworks, loginGroup?.id ?? ''], [`tcp ${port}`]);
  const { identifier } = database;
  return [
    {
      identifier,
      ...(database.existing
        ? { engine: 'sqlserver-se', instanceClass: 'db.r6i.xlarge', multiAz: false }
        : { engine: database.engine, instanceClass: database.instanceClass, multiAz: database.multiAz }),
      port,
      status: 'available',
      encrypted: true,
      publiclyAccessible: false,
      deletionProtection: database.existing || database.deletionProtection,
      membership: `joined ${directory.name}`,
      inEffect: true,
      groups: [
        database.existing
          ? { opened: inward.toSorted(), toEverybody: ['to 0.0.0.0/0 -1 -1'] }
          : {
              opened: [...inward, ...rules('to', directorySubnets, controllerPorts)].toSorted(),
              toEverybody: [],
            },
      ],
    },
  ];
};

const subnetGroupsFor = ({ requestId, database }: NormalisedRequest): readonly unknown[] => {
  if (database === null) return [];
  if (database.existing)
    return [{ name: `${database.identifier}-subnets`, subnetIds: [expect.any(String), expect.any(String)] }];
  return [{ name: `forestbridge-${requestId}`, subnetIds: database.subnetIds }];
};

const secretsFor = ({ requestId, directory, database }: NormalisedRequest) => [
  ...(directory.directoryId === null
    ? [{ name: `forestbridge/${requestId}/directory-admin`, isDeleted: false }]
    : []),
  { name: `forestbridge/${requestId}/trust`, isDeleted: true },
  ...(database === null ? [] : [{ name: 'rds', isDeleted: false }]),
];

const forestFor = ({ onPremises, trust }: NormalisedRequest, name: string) => ({
  domainName: onPremises.domainName,
  forwarders: [{ name, toDirectory: true }],
  halves: [
    {
      name,
      type: trust.type,
      direction: halfDirections[trust.direction],
      selectiveAuthentication: trust.direction !== 'One-Way: Outgoing' && trust.selectiveAuthentication,
    },
  ],
});

/** What is to stand once the request is carried out, and nothing beside it. */
export const asRequested = (request: NormalisedRequest, world: World) => {
  const { directory } = request;
  const adopted = world.directories.find(directory.directoryId ?? '');
  const { name, shortName, edition, subnetIds } = adopted ?? directory;
  const known = { name: name ?? '', shortName, edition, subnetIds };
  return {
    directories: [directoryFor(request, known)],
    forests: [forestFor(request, known.name)],
    instances: instanceFor(request, world, known),
    subnetGroups: subnetGroupsFor(request),
    secrets: secretsFor(request).toSorted((one, other) => one.name.localeCompare(other.name)),
  };
};
