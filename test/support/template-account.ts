import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DeployedFunctions } from '../../cli/deployed-functions.ts';
import { deploy } from '../../cli/local-account.ts';
import type { NormalisedRequest } from '../../functions/request/schema.ts';
import type { Log } from '../../functions/support/runtime.ts';
import { readsOfFunctions } from '../../infra/reads.ts';
import { Account, type RunFunction } from '../../simulator/account.ts';
import { Guard, type Permissions } from '../../simulator/policies/guard.ts';
import type { EndpointOptions } from '../../simulator/wire/endpoint.ts';
import type { World } from '../../simulator/world/world.ts';
import { targetsOf } from './event-rules.ts';
import type { Naming } from './resolve.ts';
import { type Amend, environmentsOf, namingIn, type Settings } from './template-naming.ts';
import { permissionsOf, plainName, resourcesOf } from './template-permissions.ts';

const machineSchema = z.object({
  StateMachineName: z.string(),
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.string()),
  RoleArn: z.string(),
});

/** Registers the template's workflows in the place of those that were deployed without it. */
const registerMachines = ({ executions }: Account, naming: Naming): void => {
  for (const [, machine] of resourcesOf(naming, 'AWS::StepFunctions::StateMachine', machineSchema)) {
    const { DefinitionSubstitutions: functions, DefinitionString: text } = machine;
    const definition = text.replaceAll(/\$\{(\w+)\}/g, (all, name: string) => functions[name] ?? all);
    executions.register(machine.StateMachineName, definition, machine.RoleArn);
  }
};

const documentSchema = z.object({ Name: z.string(), Content: z.string() });

/** Puts the template's documents in the place of those that were deployed without it. */
export const registerDocuments = ({ world }: Account, naming: Naming): void => {
  const { documents } = world.commands;
  documents.clear();
  for (const [, { Name: name, Content: content }] of resourcesOf(
    naming,
    'AWS::SSM::Document',
    documentSchema,
  ))
    documents.set(name, { name, content, hash: createHash('sha256').update(content).digest('hex') });
};

/** An account into which the synthesised template was deployed. */
export interface TemplateAccount {
  readonly account: Account;
  readonly guard: Guard;
  readonly naming: Naming;
  readonly permissions: Permissions;
}

/**
 * Deploys the synthesised template into an account of its own: its workflows run there, its functions read what it
 * says, and its policies decide on every call.
 */
export const templateAccount = async (
  world: World,
  requests: readonly NormalisedRequest[],
  around: NonNullable<EndpointOptions['around']>,
  log?: Log,
  amend?: Amend,
): Promise<TemplateAccount> => {
  const guard = new Guard();
  let environments: ReadonlyMap<string, Settings> = new Map();
  let rulesOf: Naming | undefined;
  const { run: call } = new DeployedFunctions((name) => environments.get(name) ?? {}, log);
  const run: RunFunction = async (name, payload, surface) => {
    // By its plain name it is called by nobody but EventBridge.
    if (name !== 'conclude' || rulesOf === undefined) return call(plainName(name), payload, surface);
    for (const target of targetsOf(payload, rulesOf, guard)) await call(plainName(target), payload, surface);
    return null;
  };
  const account = new Account(world, run, around, guard);
  const settings = await deploy(account, requests);
  const naming = await namingIn(world, settings, amend);
  rulesOf = naming;
  const { CONNECTIONS = '' } = settings;
  // The connections are too large for an environment: they travel with the code of those that read them.
  const readers = [...(await readsOfFunctions())].filter(([, reads]) => reads.includes('CONNECTIONS'));
  environments = new Map(
    [...environmentsOf(naming)].map(([name, variables]) => [
      name,
      readers.some(([reader]) => reader === name) ? { ...variables, CONNECTIONS } : variables,
    ]),
  );
  registerMachines(account, naming);
  registerDocuments(account, naming);
  const permissions = permissionsOf(naming);
  guard.enforce(permissions);
  return { account, guard, naming, permissions };
};
