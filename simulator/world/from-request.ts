import type { NormalisedRequest } from '../../functions/request/schema.ts';
import { newForest, type DomainController } from './forest.ts';
import { clearOf } from './network/addresses.ts';
import type { World } from './world.ts';

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
const domainRolePolicy = 'arn:aws:iam::aws:policy/service-role/AmazonRDSDirectoryServiceAccess';

export const domainRoleName = 'forestbridge-rds-domain';

/** Lays out a world in which this request can succeed: the company, the network between, and what it adopts. */
export const populate = (world: World, request: NormalisedRequest): Surroundings => {
  const { onPremises, directory, database } = request;
  const vpcId = directory.vpcId ?? `vpc-${world.random.hex(17)}`;
  const directorySubnetIds =
    directory.subnetIds.length > 0 ? directory.subnetIds : [1, 2].map(() => `subnet-${world.random.hex(17)}`);
  const loginSubnetIds = [1, 2].map(() => `subnet-${world.random.hex(17)}`);
  const asked = database?.existing === false ? database.subnetIds : [];
  const subnetIds = [...new Set([...directorySubnetIds, ...asked, ...loginSubnetIds])];
  layOut(world, vpcId, subnetIds, [...onPremises.networks, ...onPremises.clientNetworks]);

  if (world.roles.find(domainRoleName) === undefined)
    world.roles.place({ name: domainRoleName, trustPolicy }, [domainRolePolicy]);
  const forest = newForest({ ...onPremises, domainControllers: [domainController(world, request)] });
  world.forests.push(forest);

  if (directory.directoryId !== null)
    world.directories.place(
      {
        name: 'aws.forest.example.net',
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
      subnetIds,
      securityGroupIds: database?.existing === false ? database.securityGroupIds : [],
      existingInstances: database?.existing === true ? [database.identifier] : [],
    },
  };
};

/** A VPC clear of the company's networks, its subnets in two zones in turn, with a way to the company. */
const layOut = (
  world: World,
  vpcId: string,
  subnetIds: readonly string[],
  companyNetworks: readonly string[],
): void => {
  const { network, region } = world;
  const prefix = clearOf(companyNetworks, ['10.64', '172.24', '192.168', '100.64', '198.18']);
  network.addVpc(vpcId, `${prefix}.0.0/16`);
  subnetIds.forEach((subnetId, index) => {
    network.addSubnet(subnetId, vpcId, `${prefix}.${index}.0/24`, `${region}${index % 2 === 0 ? 'a' : 'b'}`);
  });
  const [first] = subnetIds;
  if (first === undefined) return;
  for (const destination of companyNetworks)
    network.route(first, { destination, target: gateway, state: 'active' });
};

const domainController = (world: World, { onPremises }: NormalisedRequest): DomainController => {
  const { managedNodeId } = onPremises.domainController;
  const [address = ''] = onPremises.dnsIpAddresses;
  const outside = { managedNodeId, address, agentVersion, up: true, clockSkewSeconds: 0 };
  if (managedNodeId.startsWith('mi-')) return { ...outside, subnetId: null, securityGroupIds: [] };
  const { network } = world;
  const [companyNetwork = ''] = onPremises.networks;
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
    if (database.subnetGroupName !== null)
      databases.addSubnetGroup({
        name: database.subnetGroupName,
        description: 'Subnets for databases',
        vpcId,
        subnetIds: database.subnetIds,
        tags: new Map(),
      });
    for (const id of database.securityGroupIds) network.addSecurityGroup(vpcId, id, 'Databases', {}, id);
    return;
  }
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
