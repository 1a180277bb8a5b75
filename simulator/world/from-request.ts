import type { NormalisedRequest } from '../../functions/request/schema.ts';
import { newForest, type DomainController } from './forest.ts';
import { clearOf, within } from './network/addresses.ts';
import { domainRolePolicy, type World } from './world.ts';

/** What a deployment would have to be configured with, so that its world and the request fit together. */
export interface Surroundings {
  readonly connection: object;
  readonly loginSecurityGroupId: string;
  readonly loginSubnetIds: readonly string[];
}

const gateway = 'vgw-0f1e2d3c4b5a69788';
const agentVersion = '3.3.2958.0';
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
const adoptedName = 'aws.forest.example.net';

export const domainRoleName = 'forestbridge-rds-domain';

/** Lays out a world in which this request can succeed: the company, the network between, and what it adopts. */
export const populate = (world: World, request: NormalisedRequest): Surroundings => {
  const { onPremises, directory, database } = request;
  const twoSubnetIds = (): string[] => [1, 2].map(() => `subnet-${world.random.hex(17)}`);
  const adopted = world.directories.find(directory.directoryId ?? '');
  const vpcId = directory.vpcId ?? adopted?.vpcId ?? `vpc-${world.random.hex(17)}`;
  const directorySubnetIds =
    directory.directoryId === null ? directory.subnetIds : (adopted?.subnetIds ?? twoSubnetIds());
  const loginSubnetIds = twoSubnetIds();
  const asked = database?.existing === false ? database.subnetIds : [];
  const groups = [directorySubnetIds, asked, loginSubnetIds];
  layOut(world, vpcId, groups, [...onPremises.networks, ...onPremises.clientNetworks]);

  if (world.roles.find(domainRoleName) === undefined)
    world.roles.place({ name: domainRoleName, trustPolicy }, [domainRolePolicy]);
  placeDomainController(world, request);

  if (directory.directoryId !== null && adopted === undefined)
    world.directories.place(
      {
        name: onPremises.domainName === adoptedName ? `cloud.${adoptedName}` : adoptedName,
        shortName: onPremises.shortName === 'AWSFOREST' ? 'AWSFOREST2' : 'AWSFOREST',
        edition: 'Standard',
        description: null,
        vpcId,
        subnetIds: directorySubnetIds,
        tags: new Map(),
      },
      directory.directoryId,
    );
  const loginGroup = world.network.addSecurityGroup(vpcId, 'forestbridge-login', 'The login function');
  if (database !== null) placeDatabase(world, database, vpcId, loginSubnetIds);

  return {
    loginSecurityGroupId: loginGroup.id,
    loginSubnetIds,
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
      existingInstances: database?.existing === true ? [database.identifier] : [],
    },
  };
};

/** Where the VPC may lie: private networks first, then any, because a company may have all of those. */
const prefixes = [
  ...['10.64', '172.24', '192.168', '100.64', '198.18'],
  ...Array.from({ length: 100 }, (_none, index) => `${index + 11}.64`),
];

/** A VPC clear of the company's networks with a way to the company; the subnets of each group lie in two zones. */
const layOut = (
  world: World,
  vpcId: string,
  groups: readonly (readonly string[])[],
  companyNetworks: readonly string[],
): void => {
  const { network, region } = world;
  const zones = [`${region}a`, `${region}b`];
  const zoneOf = (subnetId: string): string | undefined => network.subnets.get(subnetId)?.zone;
  const { cidr } =
    network.vpcs.get(vpcId) ?? network.addVpc(vpcId, `${clearOf(companyNetworks, prefixes)}.0.0/16`);
  const [first = '', second = ''] = cidr.split('.');
  for (const group of groups)
    for (const subnetId of group) {
      if (network.subnets.has(subnetId)) continue;
      const third = [...network.subnets.values()].filter((subnet) => subnet.vpcId === vpcId).length;
      const taken = group.map(zoneOf);
      const zone = zones.find((zone) => !taken.includes(zone)) ?? `${region}a`;
      network.addSubnet(subnetId, vpcId, `${first}.${second}.${third}.0/24`, zone);
    }
  const [subnetId = ''] = groups.flat();
  for (const destination of companyNetworks)
    network.route(subnetId, { destination, target: gateway, state: 'active' });
};

/** The domain controller in its forest, unless an earlier request has brought them. */
const placeDomainController = (world: World, request: NormalisedRequest): void => {
  const { onPremises } = request;
  const { managedNodeId } = onPremises.domainController;
  const forest = world.causes.forest(onPremises.domainName);
  if (forest === undefined)
    world.forests.push(newForest({ ...onPremises, domainControllers: [domainController(world, request)] }));
  else if (!forest.domainControllers.some((controller) => controller.managedNodeId === managedNodeId))
    forest.domainControllers.push(domainController(world, request));
};

const domainController = (world: World, { onPremises }: NormalisedRequest): DomainController => {
  const { managedNodeId } = onPremises.domainController;
  const [address = ''] = onPremises.dnsIpAddresses;
  const outside = { managedNodeId, address, agentVersion, up: true, clockSkewSeconds: 0 };
  if (managedNodeId.startsWith('mi-')) return { ...outside, subnetId: null, securityGroupIds: [] };
  const { network } = world;
  const companyNetwork = onPremises.networks.find((cidr) => within(address, cidr)) ?? '';
  const vpcId = `vpc-${world.random.hex(17)}`;
  const subnetId = `subnet-${world.random.hex(17)}`;
  network.addVpc(vpcId, companyNetwork);
  network.addSubnet(subnetId, vpcId, companyNetwork, `${world.region}a`);
  network.route(subnetId, { destination: '0.0.0.0/0', target: 'pcx-0f1e2d3c4b5a69788', state: 'active' });
  const group = network.addSecurityGroup(vpcId, 'domain-controllers', "The company's domain controllers");
  network.addRules(group.id, [
    { egress: false, protocol: '-1', fromPort: -1, toPort: -1, peer: '0.0.0.0/0', description: null },
  ]);
  network.addInstance(managedNodeId, subnetId, [group.id], address);
  return { ...outside, subnetId, securityGroupIds: [group.id] };
};

type Database = NonNullable<NormalisedRequest['database']>;

const placeDatabase = (
  world: World,
  database: Database,
  vpcId: string,
  subnetIds: readonly string[],
): void => {
  const { network, databases } = world;
  if (!database.existing) {
    databases.offers.add(database);
    if (database.subnetGroupName !== null && !databases.subnetGroups.has(database.subnetGroupName))
      databases.addSubnetGroup({
        name: database.subnetGroupName,
        description: 'Subnets for databases',
        vpcId,
        subnetIds: database.subnetIds,
        tags: new Map(),
      });
    for (const id of database.securityGroupIds)
      if (!network.securityGroups.has(id)) network.addSecurityGroup(vpcId, id, 'Databases', {}, id);
    return;
  }
  if (databases.find(database.identifier) !== undefined) return;
  const group = network.addSecurityGroup(
    vpcId,
    `${database.identifier}-clients`,
    'Who may reach the database',
  );
  databases.addSubnetGroup({
    name: `${database.identifier}-subnets`,
    description: 'Subnets of the database',
    vpcId,
    subnetIds,
    tags: new Map(),
  });
  const instance = databases.place(
    {
      identifier: database.identifier,
      engine: 'sqlserver-se',
      engineVersion: '16.00.4245.2.v1',
      instanceClass: 'db.r6i.xlarge',
      allocatedStorage: 200,
      storageType: 'gp3',
      iops: null,
      multiAz: false,
      encrypted: true,
      kmsKeyId: null,
      masterUsername: 'admin',
      masterPassword: database.masterUserSecretArn === null ? null : `Kept-${world.random.hex(20)}`,
      port: 1433,
      subnetGroupName: `${database.identifier}-subnets`,
      securityGroupIds: [group.id],
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      backupRetentionDays: 7,
      deletionProtection: true,
      copyTagsToSnapshot: true,
      logExports: [],
      tags: new Map(),
    },
    null,
  );
  if (database.masterUserSecretArn !== null)
    world.secrets.place(
      database.masterUserSecretArn,
      JSON.stringify({ username: instance.masterUsername, password: instance.masterPassword }),
    );
};
