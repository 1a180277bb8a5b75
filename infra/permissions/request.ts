import { arn, globalArn, names } from '../names.ts';
import { type Grants, noResourceType, ours, taggedRequest } from './grant.ts';
import { executions, keyThrough, ledger, secretsNamed, secretsOf } from './support.ts';

/** Checks and keeps what a request needs before anything is made. */
export const request: Grants = {
  'validate-request': () => [],
  'claim-request': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...executions(setting, 'DescribeExecution'),
  ],
  'check-account': (setting) => [
    ...ledger(setting, 'GetItem'),
    {
      actions: [
        'ds:DescribeDirectories',
        'ds:DescribeTrusts',
        'ds:GetDirectoryLimits',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkAcls',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroupRules',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'rds:DescribeDBEngineVersions',
        'rds:DescribeOrderableDBInstanceOptions',
        'ssm:DescribeInstanceInformation',
      ],
      resources: ['*'],
      because: noResourceType,
    },
    {
      actions: ['rds:DescribeDBInstances'],
      resources: [arn(setting.configuration, 'rds', 'db:*')],
      because: 'It looks, also at what no request made.',
    },
    {
      actions: ['rds:DescribeDBSubnetGroups'],
      resources: [arn(setting.configuration, 'rds', 'subgrp:*')],
      because: 'It looks, also at what no request made.',
    },
    {
      actions: ['ds:ListTagsForResource'],
      resources: [arn(setting.configuration, 'ds', 'directory/*')],
      because: "It tells a request's own directory from another one of the same name.",
    },
    {
      actions: ['iam:GetRole', 'iam:ListAttachedRolePolicies'],
      resources: [globalArn(setting.configuration, 'iam', `role/${names.domainRole}`)],
    },
  ],
  'keep-secrets': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'),
    { actions: ['secretsmanager:GetRandomPassword'], resources: ['*'], because: noResourceType },
    {
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
      resources: [secretsNamed(setting.configuration)],
      conditions: taggedRequest,
      because: 'A secret is named after its request.',
    },
    {
      actions: ['secretsmanager:DescribeSecret'],
      resources: [secretsNamed(setting.configuration)],
      because: 'A secret is named after its request.',
    },
    {
      actions: ['secretsmanager:PutSecretValue', 'secretsmanager:RestoreSecret'],
      resources: [secretsOf(setting.configuration)],
      conditions: ours,
      because: 'A secret is named after its request.',
    },
    keyThrough(setting, 'secretsmanager', 'GenerateDataKey', 'Decrypt'),
  ],
};
