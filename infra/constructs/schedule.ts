import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { names } from '../names.ts';
import { makeRole } from './roles.ts';

/** Has the trusts checked again and again. */
export const scheduleChecks = (
  scope: Construct,
  { account, schedule }: Configuration,
  key: IKey,
  machine: CfnStateMachine,
  deadLetters: Queue,
): void => {
  const role = makeRole(scope, 'Role-schedule', {
    service: 'scheduler.amazonaws.com',
    description: 'Starts the checks of the trusts',
    grants: [
      { actions: ['states:StartExecution'], resources: [machine.attrArn] },
      { actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] },
      { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] },
    ],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
  new CfnSchedule(scope, 'Checks', {
    name: names.stateMachine('check-trusts'),
    description: 'Has AWS verify the trusts of Forestbridge again',
    scheduleExpression: schedule.expression,
    flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: schedule.flexibleMinutes },
    kmsKeyArn: key.keyArn,
    target: {
      arn: machine.attrArn,
      roleArn: role.roleArn,
      input: '{}',
      retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 7200 },
      deadLetterConfig: { arn: deadLetters.queueArn },
    },
  });
};
