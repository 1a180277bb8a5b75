import type { NormalisedRequest } from '../../functions/request/schema.ts';
import { placeDatabase } from './from-request/database.ts';
import { placeDomainController } from './from-request/domain-controller.ts';
import { layOut } from './from-request/vpc.ts';
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
