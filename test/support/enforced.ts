import { z } from 'zod';
import { deploy, deployedFunctions, type localAccount } from '../../cli/local-account.ts';
import { type Configuration, parseConfiguration } from '../../infra/configuration.ts';
import { Account, type RunFunction } from '../../simulator/account.ts';
import { Guard, type Permissions } from '../../simulator/policies/guard.ts';
import { known } from '../../simulator/world/network/known.ts';
import type { World } from '../../simulator/world/world.ts';
import { targetsOf } from './event-rules.ts';
import { deployed } from './provisioning.ts';
import type { Naming } from './resolve.ts';
import { type Resources, templateOf } from './template.ts';
import { permissionsOf, plainName, resourcesOf } from './template-permissions.ts';

type Settings = Readonly<Record<string, string>>;

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

/** Synthesising takes longer than many a scenario, so it is done once for a configuration. */
const templates = new Map<string, Promise<Resources>>();
const synthesised = (configuration: Configuration): Promise<Resources> => {
  const key = JSON.stringify(configuration);
  const template = templates.get(key) ?? templateOf(configuration).then(({ byId }) => byId);
  templates.set(key, template);
  return template;
};

const functionSchema = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
});
const machineSchema = z.object({
  StateMachineName: z.string(),
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.string()),
  RoleArn: z.string(),
});

/** What the template gives each function to read, by the functions' plain names. */
const environmentsOf = (naming: Naming): ReadonlyMap<string, Settings> =>
  new Map(
    resourcesOf(naming, 'AWS::Lambda::Function', functionSchema).map(([, { FunctionName, Environment }]) => [
      plainName(FunctionName),
      Environment?.Variables ?? {},
    ]),
  );

/** Registers the template's workflows in the place of those that were deployed without it. */
const registerMachines = ({ executions }: Account, naming: Naming): void => {
  for (const [, machine] of resourcesOf(naming, 'AWS::StepFunctions::StateMachine', machineSchema)) {
    const { DefinitionSubstitutions: functions, DefinitionString: text } = machine;
    const definition = text.replaceAll(/\$\{(\w+)\}/g, (all, name: string) => functions[name] ?? all);
    executions.register(machine.StateMachineName, definition, machine.RoleArn);
  }
};

const namingOf = (world: World, settings: Settings, resources: Resources): Naming => {
  const loginGroup = Object.keys(resources).find((id) => /^LoginGroup[0-9A-F]+$/.test(id)) ?? '';
  const { LOGIN_SECURITY_GROUP_ID: groupId = '' } = settings;
  return { world, resources, given: new Map([[`${loginGroup}.GroupId`, groupId]]) };
};

/**
 * A deployment that is the synthesised template's: its workflows, what its functions read, and its policies decide on
 * every call. `amend` changes the template before.
 */
export const enforced = async (
  requests: readonly object[],
  amend: (resources: Resources) => Resources = (resources) => resources,
) => {
  const guard = new Guard();
  let deployedAs: { readonly naming: Naming; readonly permissions: Permissions } | undefined;
  const makeAccount: typeof localAccount = async (world, requests, around, log) => {
    let naming: Naming | undefined;
    let environments: ReadonlyMap<string, Settings> = new Map();
    const call = deployedFunctions((name) => environments.get(name) ?? {}, log);
    const run: RunFunction = async (name, payload, surface) => {
      // By its plain name it is called by nobody but EventBridge.
      if (name !== 'conclude' || naming === undefined) return call(plainName(name), payload, surface);
      for (const target of targetsOf(payload, naming, guard)) await call(plainName(target), payload, surface);
      return null;
    };
    const account = new Account(world, run, around, guard);
    const settings = await deploy(account, requests);
    const { CONNECTIONS = '' } = settings;
    const resources = amend(await synthesised(configurationFor(world, settings)));
    naming = namingOf(world, settings, resources);
    // The connections are too large for an environment: they travel with the code.
    environments = new Map(
      [...environmentsOf(naming)].map(([name, variables]) => [
        name,
        name === 'validate-request' ? { ...variables, CONNECTIONS } : variables,
      ]),
    );
    registerMachines(account, naming);
    deployedAs = { naming, permissions: permissionsOf(naming) };
    guard.enforce(deployedAs.permissions);
    return account;
  };
  const deployment = await deployed(requests, undefined, makeAccount);
  if (deployedAs === undefined) throw new Error('Nothing was deployed.');
  return { ...deployment, ...deployedAs, guard };
};
