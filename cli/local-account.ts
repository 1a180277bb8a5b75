import './short-lived.ts';
import { readFileSync } from 'node:fs';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { functions } from '../functions/functions.ts';
import { type Connection, connectionsSchema } from '../functions/request/connections.ts';
import type { NormalisedRequest } from '../functions/request/schema.ts';
import type { Log } from '../functions/support/runtime.ts';
import { documents } from '../run-command/documents.ts';
import { Account, type RunFunction } from '../simulator/account.ts';
import type { EndpointOptions } from '../simulator/wire/endpoint.ts';
import { domainRoleName, populateAll } from '../simulator/world/from-request.ts';
import type { Deliver } from '../simulator/world/schedules.ts';
import type { World } from '../simulator/world/world.ts';
import { DeployedFunctions, type Environment } from './deployed-functions.ts';
import { localClient } from './local-client.ts';
import { createLedger, ledgerTable } from './local-ledger.ts';
import { offerProduct } from './offer-product.ts';
import { operatorKey, schedulerKey } from './signatures.ts';

type Around = NonNullable<EndpointOptions['around']>;

const pascal = (name: string): string =>
  name.replaceAll(/(^|-)([a-z])/g, (_all, _dash, letter) => letter.toUpperCase());

/** The workflow's definition with the functions' names in it. */
const definitionOf = (stateMachine: string): string => {
  const names = new Map(Object.keys(functions).map((name) => [pascal(name), name]));
  const file = new URL(`../statemachines/${stateMachine}.asl.json`, import.meta.url);
  return readFileSync(file, 'utf8').replaceAll(
    /\$\{(\w+)\}/g,
    (placeholder, name) => names.get(name) ?? placeholder,
  );
};

const stateMachines = ['provision', 'check-trusts', 'watch-update'];

/** The schedule on which trusts are checked. It is switched off: `world.schedules.enable` starts it. */
export const watchSchedule = 'forestbridge-check-trusts';

const scheduleWatch = ({ world, executions, endpoint }: Account): void => {
  const { accountId, region, schedules } = world;
  const client = new SFNClient(
    localClient({ requestHandler: endpoint.requestHandler(), region }, schedulerKey),
  );
  const deliver: Deliver = async ({ arn: stateMachineArn, input }) =>
    void (await client.send(new StartExecutionCommand({ stateMachineArn, input })));
  schedules.deliverBy(deliver);
  schedules.schedule({
    name: watchSchedule,
    expression: 'rate(1 day)',
    window: 60,
    state: 'DISABLED',
    target: {
      arn: executions.machineArn('forestbridge-check-trusts'),
      roleArn: `arn:aws:iam::${accountId}:role/${watchSchedule}-schedule`,
      input: '{}',
      retryPolicy: { attempts: 10, ageSeconds: 7200 },
      deadLetterArn: `arn:aws:sqs:${region}:${accountId}:${watchSchedule}`,
    },
  });
};

const endOfAnother = z.object({
  detail: z.object({ stateMachineArn: z.string().regex(/(?<!:forestbridge-provision)$/) }),
});

/** EventBridge's rule: conclude hears how a provisioning ends; the other workflows tell people themselves. */
const withRule =
  (run: RunFunction): RunFunction =>
  async (name, payload, surface) =>
    name === 'conclude' && endOfAnother.safeParse(payload).success ? null : run(name, payload, surface);

/**
 * Sets up what a deployment has in an account whose world these requests fit into; gives its functions' settings. What
 * may be connected is derived from the requests, unless it is given.
 */
export const deploy = async (
  account: Account,
  requests: readonly NormalisedRequest[],
  given?: readonly Connection[],
): Promise<Environment> => {
  const { world } = account;
  const settings: Record<string, string> = { LEDGER_TABLE: ledgerTable, DOMAIN_ROLE_NAME: domainRoleName };
  const surroundings = populateAll(world, requests);
  const [first] = surroundings;
  settings['SECRETS_KEY_ARN'] = world.keyArn;
  const connections = given ?? connectionsSchema.parse(surroundings.map(({ connection }) => connection));
  settings['CONNECTIONS'] = JSON.stringify(connections);
  offerProduct(world, connections);
  settings['LOGIN_SECURITY_GROUP_ID'] = first?.loginSecurityGroupId ?? 'sg-00000000';
  settings['LOGIN_SUBNET_IDS'] = first?.loginSubnetIds.join(',') ?? 'subnet-00000000';
  if (first !== undefined) {
    const [subnetId = ''] = first.loginSubnetIds;
    account.sqlServers.client = world.network.addInterface(
      subnetId,
      [first.loginSecurityGroupId],
      'Login function',
    );
  }
  settings['STATE_MACHINE_ARN'] = account.executions.machineArn('forestbridge-provision');
  settings['WATCH_STATE_MACHINE_ARN'] = account.executions.machineArn('forestbridge-watch-update');
  const topic = world.topics.create('forestbridge-notifications');
  world.topics.subscribe(topic, 'email', 'databases@example.com');
  settings['TOPIC_ARN'] = topic.arn;
  settings['DOCUMENTS'] = JSON.stringify(
    Object.fromEntries(
      documents().map(({ name, content, hash }) => {
        const deployed = `forestbridge-${name}`;
        world.commands.documents.set(deployed, { name: deployed, content, hash });
        return [name, { name: deployed, version: '1', hash }];
      }),
    ),
  );
  await createLedger(operatorConfiguration(account));
  // Loading is no part of an execution's time.
  await Promise.all(Object.values(functions).map((load) => load()));
  for (const name of stateMachines)
    account.executions.register(
      `forestbridge-${name}`,
      definitionOf(name),
      `arn:aws:iam::${world.accountId}:role/forestbridge-${name}`,
    );
  scheduleWatch(account);
  return settings;
};

/** Deploys Forestbridge into a simulated account of its own. */
export const localAccount = async (
  world: World,
  requests: readonly NormalisedRequest[],
  around: Around,
  log?: Log,
  connections?: readonly Connection[],
): Promise<Account> => {
  let settings: Environment = {};
  const deployed = new DeployedFunctions(() => settings, log);
  const account = new Account(world, withRule(deployed.run), around);
  settings = await deploy(account, requests, connections);
  await deployed.bindAll(account.surface);
  return account;
};

/** For a client of the operator's own, beside the functions. */
export const operatorConfiguration = ({ endpoint, world }: Account) =>
  localClient({ requestHandler: endpoint.requestHandler(), region: world.region }, operatorKey);
