import { z } from 'zod';
import { type Configuration, parseConfiguration } from '../../infra/configuration.ts';
import { known } from '../../simulator/world/network/known.ts';
import type { World } from '../../simulator/world/world.ts';
import type { Naming } from './resolve.ts';
import { type Resources, templateOf } from './template.ts';
import { plainName, resourcesOf } from './template-permissions.ts';

export type Settings = Readonly<Record<string, string>>;

/** What somebody would have to configure to deploy into this world. */
const configurationFor = (world: World, settings: Settings): Configuration => {
  const { CONNECTIONS = '[]', LOGIN_SUBNET_IDS: subnets = '' } = settings;
  const subnetIds = subnets.split(',');
  const { vpcs } = world.network;
  const { vpcId } = known(world.network.subnets, subnetIds[0] ?? '');
  const configured = {
    account: world.accountId,
    region: world.region,
    login: { vpcId, subnetIds, databaseNetworks: [...vpcs.values()].map(({ cidr }) => cidr) },
    connections: JSON.parse(CONNECTIONS),
    notificationEmail: 'databases@example.com',
  };
  return parseConfiguration(JSON.stringify(configured), 'the simulated world');
};

/** Changes a template before it is deployed. */
export type Amend = (resources: Resources) => Resources;

/** The template for what was deployed into a world, and what the world calls its things. */
export const namingIn = async (
  world: World,
  settings: Settings,
  amend: Amend = (resources) => resources,
): Promise<Naming> => {
  const { byId } = await templateOf(configurationFor(world, settings));
  const resources = amend(byId);
  const loginGroup = Object.keys(resources).find((id) => /^LoginGroup[0-9A-F]+$/.test(id)) ?? '';
  const { LOGIN_SECURITY_GROUP_ID: groupId = '' } = settings;
  return { world, resources, given: new Map([[`${loginGroup}.GroupId`, groupId]]) };
};

const functionSchema = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
});

/** What the template gives each function to read, by the functions' plain names. */
export const environmentsOf = (naming: Naming): ReadonlyMap<string, Settings> =>
  new Map(
    resourcesOf(naming, 'AWS::Lambda::Function', functionSchema).map(([, { FunctionName, Environment }]) => [
      plainName(FunctionName),
      Environment?.Variables ?? {},
    ]),
  );
