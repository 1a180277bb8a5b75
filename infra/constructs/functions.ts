import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  CfnFunction,
  type Code,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../functions/functions.ts';
import type { Configuration } from '../configuration.ts';
import { functionGrants, isInVpc } from '../function-grants.ts';
import { names } from '../names.ts';
import { isAsynchronous } from '../permissions/function-runtime.ts';
import type { LoginNetwork } from './login-network.ts';
import { makeRole } from './roles.ts';

/** Everything that functions read from their environment, by its name. */
type Settings = Readonly<Record<string, string>>;

interface Around {
  readonly configuration: Configuration;
  readonly key: IKey;
  readonly loginNetwork: LoginNetwork;
  readonly settings: Settings;
  /** For the events of functions that nobody waits for, when they fail again and again. */
  readonly undelivered: IQueue;
  /** Where a function's bundle is. */
  readonly codeOf: (name: FunctionName) => Code;
}

interface Made {
  readonly made: LambdaFunction;
  readonly logGroup: LogGroup;
}

const pick = (settings: Settings, wanted: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => wanted.includes(name)));

/** One function with its bundle, its role, its log; `reads` are the settings that it reads. */
export const makeFunction = (
  scope: Construct,
  name: FunctionName,
  reads: readonly string[],
  { configuration, key, loginNetwork, settings, undelivered, codeOf }: Around,
): Made => {
  const logGroup = new LogGroup(scope, `Log-${name}`, {
    logGroupName: `/forestbridge/${name}`,
    retention: configuration.logRetentionDays,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const setting = { configuration, keyArn: key.keyArn };
  const role = makeRole(scope, `Role-${name}`, {
    roleName: names.function(name),
    service: 'lambda.amazonaws.com',
    description: `What ${name} of Forestbridge may do`,
    grants: functionGrants(setting, name),
  });
  const { group, vpc } = loginNetwork;
  const made = new LambdaFunction(scope, `Function-${name}`, {
    functionName: names.function(name),
    code: codeOf(name),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 512,
    timeout: Duration.seconds(55),
    environment: pick(settings, reads),
    logGroup,
    role,
    retryAttempts: 2,
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    ...(configuration.reservedConcurrency[name] === undefined
      ? {}
      : { reservedConcurrentExecutions: configuration.reservedConcurrency[name] }),
    ...(isInVpc(name) ? { vpc, securityGroups: [group], vpcSubnets: { subnets: vpc.privateSubnets } } : {}),
  });
  // The construct's own switches would write a second policy beside the role's.
  if (made.node.defaultChild instanceof CfnFunction) {
    made.node.defaultChild.tracingConfig = { mode: 'Active' };
    if (isAsynchronous(name)) made.node.defaultChild.deadLetterConfig = { targetArn: undelivered.queueArn };
  }
  return { made, logGroup };
};
