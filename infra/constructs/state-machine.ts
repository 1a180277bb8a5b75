import { readFileSync } from 'node:fs';
import { CfnDeletionPolicy, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine, CfnStateMachineAlias, CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { z } from 'zod';
import type { FunctionName } from '../../functions/functions.ts';
import type { Configuration } from '../configuration.ts';
import { names } from '../names.ts';
import { stateMachinePermissions } from '../permissions/state-machine.ts';
import { makeRole } from './roles.ts';

interface Around {
  readonly configuration: Configuration;
  readonly key: IKey;
  readonly functions: ReadonlyMap<FunctionName, LambdaFunction>;
}

const pascal = (name: string): string =>
  name.replaceAll(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());

const commentSchema = z.object({ Comment: z.string() });

const definitionOf = (name: string): string =>
  readFileSync(new URL(`../../statemachines/${name}.asl.json`, import.meta.url), 'utf8');

/** A workflow with its role and log; its versions name versions of functions, and stay. */
export const makeStateMachine = (
  scope: Construct,
  name: string,
  { configuration, key, functions }: Around,
): CfnStateMachine => {
  const definition = definitionOf(name);
  const { Comment: description } = commentSchema.parse(JSON.parse(definition));
  const called = [...functions].filter(([each]) => definition.includes(`\${${pascal(each)}}`));
  const log = new LogGroup(scope, `Log-${name}`, {
    logGroupName: `/forestbridge/states/${name}`,
    retention: configuration.logRetentionDays,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const role = makeRole(scope, `Role-${name}`, {
    roleName: names.stateMachine(name),
    service: 'states.amazonaws.com',
    description: `What the workflow ${name} of Forestbridge may do`,
    grants: stateMachinePermissions(
      { configuration, keyArn: key.keyArn },
      name,
      called.map(([each]) => each),
    ),
    conditions: { StringEquals: { 'aws:SourceAccount': configuration.account } },
  });
  const machine = new CfnStateMachine(scope, `StateMachine-${name}`, {
    stateMachineName: names.stateMachine(name),
    definitionString: definition,
    definitionSubstitutions: Object.fromEntries(
      called.map(([each, { currentVersion }]) => [pascal(each), currentVersion.functionArn]),
    ),
    roleArn: role.roleArn,
    encryptionConfiguration: {
      type: 'CUSTOMER_MANAGED_KMS_KEY',
      kmsKeyId: key.keyArn,
      kmsDataKeyReusePeriodSeconds: 300,
    },
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
    },
    tracingConfiguration: { enabled: true },
  });
  machine.node.addDependency(role);
  const version = new CfnStateMachineVersion(scope, `Version-${name}`, {
    stateMachineArn: machine.attrArn,
    stateMachineRevisionId: machine.attrStateMachineRevisionId,
    description,
  });
  version.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  version.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  new CfnStateMachineAlias(scope, `Alias-${name}`, {
    name: 'live',
    description,
    routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
  });
  return machine;
};
