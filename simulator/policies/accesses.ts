import type { Call } from '../wire/operations.ts';
import type { World } from '../world/world.ts';
import type { Access } from './access.ts';
import type { Doubt, Surroundings } from './rows.ts';
import { cloudFormation } from './services/cloudformation.ts';
import * as directoryService from './services/directory-service.ts';
import { dynamodb } from './services/dynamodb.ts';
import * as ec2 from './services/ec2.ts';
import { iam } from './services/iam.ts';
import { lambda } from './services/lambda.ts';
import * as rds from './services/rds.ts';
import * as secretsManager from './services/secrets-manager.ts';
import { sns } from './services/sns.ts';
import * as ssm from './services/ssm.ts';
import * as stepFunctions from './services/step-functions.ts';

/** What calls need, by the services' signing names. */
const tables = new Map<string, object>([
  ['cloudformation', cloudFormation],
  ['ds', directoryService.directoryService],
  ['dynamodb', dynamodb],
  ['ec2', ec2.ec2],
  ['iam', iam],
  ['lambda', lambda],
  ['rds', rds.rds],
  ['secretsmanager', secretsManager.secretsManager],
  ['sns', sns],
  ['ssm', ssm.ssm],
  ['states', stepFunctions.stepFunctions],
]);

/** What is not certain in the table, service by service. */
export const unverified: readonly Doubt[] = [
  ...directoryService.unverified,
  ...ec2.unverified,
  ...rds.unverified,
  ...secretsManager.unverified,
  ...ssm.unverified,
  ...stepFunctions.unverified,
];

type Row = (input: unknown, at: Surroundings) => readonly Access[];

/** The bridge from typed rows: an input is what the operation's schema says because it was read by it. */
const isRow = (value: unknown): value is Row => typeof value === 'function';

/** Everything that a call needs to be allowed, by the rights of who makes it. */
export const accessesOf = (
  { service, operation, input }: Pick<Call, 'service' | 'operation'> & { readonly input: unknown },
  world: World,
  { keyArn = null }: Partial<Pick<Surroundings, 'keyArn'>> = {},
): readonly Access[] => {
  const table = tables.get(service) ?? {};
  const row: unknown = Object.hasOwn(table, operation) ? Reflect.get(table, operation) : undefined;
  if (!isRow(row)) throw new Error(`The table of permissions does not know ${service} ${operation}.`);
  return row(input, { world, keyArn }).map(({ action, resources, context }) => ({
    action,
    resources,
    context: { 'aws:SecureTransport': ['true'], 'aws:ViaAWSService': ['false'], ...context },
  }));
};
