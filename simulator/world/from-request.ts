import type { NormalisedRequest } from '../../functions/request/schema.ts';
import { letEverybodyIn } from './directories/controllers-group.ts';
import { placeDatabase } from './from-request/database.ts';
import { placeDomainController } from './from-request/domain-controller.ts';
import { layOut, peer } from './from-request/vpc.ts';
import { domainRolePolicy, type World } from './world.ts';

/** What a deployment would have to be configured with, so that its world and the request fit together. */
export interface Surroundings {
  readonly connection: object;
  readonly loginSecurityGroupId: string;
  readonly loginSubnetIds: readonly string[];
}

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['rds.amazonaws.com', 'directoryservice.rds.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
});

export const domainRoleName = 'forestbridge-rds-domain';

/** What an adopted directory is called: like nothing else in its world. */
const adoptedName = ({
  directories,
  forests,
}: World): { readonly name: string; readonly shortName: string } => {
  const names = new Set([
    ...directories.all.map(({ name }) => name),
    ...forests.map((one) => one.domainName),
  ]);
  const shortNames = new Set([...directories.all, ...forests].map(({ shortName }) => shortName));
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : String(number);
    const name = `aws${suffix}.forest.example.net`;
    const shortName = `AWSFOREST${suffix}`;
    if (!names.has(name) && !shortNames.has(shortName)) return { name, shortName };
  }
};

const networksOf = ({ onPremises }: NormalisedRequest): readonly string[] => [
  ...onPremises.networks,
  ...onPremises.clientNetworks,
];

const namesVpc = ({ directory }: NormalisedRequest): boolean => directory.vpcId !== null;

/** One world for several requests, each of which can succeed: one login function serves all of them. */
export const populateAll = (
  world: World,
  requests: readonly NormalisedRequest[],
): readonly Surroundings[] => {
  const all: Surroundings[] = [];
  const taken = requests.flatMap(networksOf);
  // What a request leaves open follows what another one says.
  const definite = requests.toSorted((one, other) => Number(namesVpc(other)) - Number(namesVpc(one)));
  for (const request of definite) all.push(populate(world, request, taken, all[0]));
  return all;
};

/** Lays out a world in which this request can succeed: the company, the network between, and what it adopts. */
export const populate = (
  world: World,
  request: NormalisedRequest,
  taken = networksOf(request),
  login?: Surroundings,
): Surroundings => {
  const { onPremises, directory, database } = request;
  const twoSubnetIds = (): string[] => [1, 2].map(() => `subnet-${world.random.hex(17)}`);
  const adopted = world.directories.find(directory.directoryId ?? '');
  const asked = database?.existing === false ? database.subnetIds : [];
  const vpcId =
    directory.vpcId ??
    adopted?.vpcId ??
    world.network.subnets.get(asked[0] ?? '')?.vpcId ??
    `vpc-${world.random.hex(17)}`;
  const directorySubnetIds =
    directory.directoryId === null ? directory.subnetIds : (adopted?.subnetIds ?? twoSubnetIds());
  const ownSubnetIds = twoSubnetIds();
  const groups = [directorySubnetIds, asked, ownSubnetIds];
  layOut(world, vpcId, groups, networksOf(request), taken);
  if (login !== undefined) peer(world, login.loginSubnetIds, ownSubnetIds);

  if (world.roles.find(domainRoleName) === undefined)
    world.roles.place({ name: domainRoleName, trustPolicy }, [domainRolePolicy]);
  placeDomainController(world, request);

  if (directory.directoryId !== null && adopted === undefined) {
    const { securityGroupId } = world.directories.place(
      {
        ...adoptedName(world),
        edition: 'Standard',
        description: null,
        vpcId,
        subnetIds: directorySubnetIds,
        tags: new Map(),
      },
      directory.directoryId,
    );
    // A group that AWS makes today has room for three networks, an older one for any.
    if (new Set(networksOf(request)).size > 3) letEverybodyIn(world.network, securityGroupId);
  }
  const loginSecurityGroupId =
    login?.loginSecurityGroupId ??
    world.network.addSecurityGroup(vpcId, 'forestbridge-login', 'The login function').id;
  if (database !== null) placeDatabase(world, database, vpcId, ownSubnetIds);

  return {
    loginSecurityGroupId,
    loginSubnetIds: login?.loginSubnetIds ?? ownSubnetIds,
    connection: {
      name: request.requestId,
      domainName: onPremises.domainName,
      shortName: onPremises.shortName,
      dnsIpAddresses: onPremises.dnsIpAddresses,
      networks: onPremises.networks,
      clientNetworks: [
        ...new Set([
          ...onPremises.clientNetworks,
          ...onPremises.networks,
          ...(database?.allowedNetworks ?? []),
        ]),
      ],
      domainControllers: [
        {
          managedNodeId: onPremises.domainController.managedNodeId,
          roleArn: `arn:aws:iam::${world.accountId}:role/domain-controller`,
        },
      ],
      trust: { type: request.trust.type, direction: request.trust.direction },
      directory:
        directory.directoryId === null
          ? { nameSuffix: directory.name }
          : { directoryId: directory.directoryId },
      vpcIds: [vpcId],
      subnetIds: [...new Set(groups.flat())],
      securityGroupIds: database?.existing === false ? database.securityGroupIds : [],
      kmsKeyIds: database?.existing === false && database.kmsKeyId !== null ? [database.kmsKeyId] : [],
      identifierPrefixes: database?.existing === false ? [database.identifier] : [],
      existingInstances:
        database?.existing === true
          ? [
              {
                identifier: database.identifier,
                masterUserSecretArn: database.masterUserSecretArn ?? undefined,
                securityGroupIds: world.databases.find(database.identifier)?.securityGroupIds ?? [],
              },
            ]
          : [],
    },
  };
};
