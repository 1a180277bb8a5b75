import * as cloudFormationPackage from '@aws-sdk/client-cloudformation';
import * as directoryServicePackage from '@aws-sdk/client-directory-service';
import * as dynamodbPackage from '@aws-sdk/client-dynamodb';
import * as ec2Package from '@aws-sdk/client-ec2';
import * as iamPackage from '@aws-sdk/client-iam';
import * as rdsPackage from '@aws-sdk/client-rds';
import * as secretsPackage from '@aws-sdk/client-secrets-manager';
import * as sfnPackage from '@aws-sdk/client-sfn';
import * as snsPackage from '@aws-sdk/client-sns';
import * as ssmPackage from '@aws-sdk/client-ssm';
import { Model } from '../../simulator/wire/model.ts';
import type { Call } from '../../simulator/wire/operations.ts';
import type { Operation } from '../../simulator/wire/protocol.ts';
import type { Service } from '../../simulator/wire/service.ts';

/** The SDK's packages of the services that functions call, by signing name. */
export const clientPackages: Readonly<Record<string, object>> = {
  cloudformation: cloudFormationPackage,
  ds: directoryServicePackage,
  dynamodb: dynamodbPackage,
  ec2: ec2Package,
  iam: iamPackage,
  rds: rdsPackage,
  secretsmanager: secretsPackage,
  states: sfnPackage,
  sns: snsPackage,
  ssm: ssmPackage,
};

/** What the SDK says about each of them. */
const models: ReadonlyMap<string, Model> = new Map(
  Object.entries(clientPackages).map(([service, clientPackage]) => [service, new Model(clientPackage)]),
);

export const modelOf = (service: string): Model => {
  const model = models.get(service);
  if (model === undefined) throw new Error(`No function calls the service ${service}.`);
  return model;
};

interface Asked {
  readonly service: string;
  readonly operation: string;
}

/** The operation as the SDK describes it. */
export const operationOf = ({ service, operation: name }: Asked): Operation => {
  const operation = modelOf(service).operation(name);
  if (operation === undefined) throw new Error(`The SDK knows no operation ${name} of ${service}.`);
  return operation;
};

/** The members of an operation's input that the SDK draws by itself where nobody gives them. */
export const tokensOf = (asked: Asked): readonly string[] => {
  const { input } = operationOf(asked);
  if (input.isUnitSchema()) return [];
  return [...input.structIterator()]
    .filter(([, member]) => member.isIdempotencyToken())
    .map(([name]) => name);
};

/** All those services, at whose wire every call gets its answer from one place. */
export const servicesBy = (answer: (call: Call, input: unknown) => Promise<unknown>): readonly Service[] =>
  [...models].map(([signingName, model]) => ({
    signingName,
    operation: (name) => model.operation(name),
    operations: () => model.operations(),
    answer,
    problem: (error) => model.problem(error),
  }));
