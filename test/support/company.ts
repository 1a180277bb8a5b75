import { documents } from '../../run-command/documents.ts';
import { newForest } from '../../simulator/world/forest.ts';
import type { World } from '../../simulator/world/world.ts';

export const directoryId = 'd-1234567890';
export const directoryName = 'aws.example.com';
export const domainName = 'corp.example.com';
export const managedNodeId = 'mi-0a1b2c3d4e5f60718';
export const companyNetwork = '10.20.0.0/16';
export const vpcId = 'vpc-0123456789abcdef0';
export const subnetIds = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];

export const onPremises = {
  domainName,
  shortName: 'CORP',
  dnsIpAddresses: ['10.20.0.10', '10.20.0.11'],
  networks: [companyNetwork],
  clientNetworks: [companyNetwork],
};

/** A VPC that leads to the company, with an Active directory whose group lets everything through. */
export const placeDirectory = (world: World) => {
  const { network } = world;
  network.addVpc(vpcId, '10.0.0.0/16');
  subnetIds.forEach((subnetId, index) => {
    network.addSubnet(subnetId, vpcId, `10.0.${index}.0/24`, `eu-west-1${index === 0 ? 'a' : 'b'}`);
    network.route(subnetId, { destination: companyNetwork, target: 'tgw-1', state: 'active' });
  });
  const directory = world.directories.place(
    {
      name: directoryName,
      shortName: 'AWS',
      edition: 'Standard',
      description: null,
      vpcId,
      subnetIds,
      tags: new Map(),
    },
    directoryId,
  );
  const everything = { protocol: '-1', fromPort: -1, toPort: -1, peer: companyNetwork, description: null };
  network.addRules(directory.securityGroupId, [
    { ...everything, egress: true },
    { ...everything, egress: false },
  ]);
  return directory;
};

/** The company's forest, with one domain controller that is a managed node. */
export const placeCompany = (world: World) => {
  const controller = {
    managedNodeId,
    address: '10.20.0.10',
    subnetId: null,
    securityGroupIds: [],
    agentVersion: '3.3.2958.0',
    up: true,
    clockSkewSeconds: 0,
  };
  const forest = newForest({ ...onPremises, domainControllers: [controller] });
  world.forests.push(forest);
  return { forest, controller };
};

/** The documents as a deployment registers them, and the setting that pins them. */
export const placeDocuments = (world: World): string => {
  const entries = documents().map(({ name, content, hash }) => {
    world.commands.documents.set(`forestbridge-${name}`, { name: `forestbridge-${name}`, content, hash });
    return [name, { name: `forestbridge-${name}`, version: '1', hash }] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
};
