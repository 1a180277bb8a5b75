import { arn, globalArn, names } from '../names.ts';
import {
  type Grant,
  type Grants,
  noResourceType,
  ours,
  type Setting,
  taggedRequest,
  viaAws,
} from './grant.ts';
import { look, named, onInstances, ownInstances } from './instances.ts';
import { ledger } from './support.ts';
import { vpcs } from './vpcs.ts';

/** RDS gets the one role that lets it join a directory. */
const passRole = ({ configuration }: Setting): Grant => ({
  actions: ['iam:PassRole'],
  resources: [globalArn(configuration, 'iam', `role/${names.domainRole}`)],
  conditions: { StringEquals: { 'iam:PassedToService': 'rds.amazonaws.com' } },
});

/** Makes a database, or takes one, has it join, and lets people in. */
export const database: Grants = {
  'ensure-network': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    {
      actions: ['ec2:DescribeSecurityGroupRules', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets'],
      resources: ['*'],
      because: noResourceType,
    },
    look(setting),
    {
      actions: ['rds:DescribeDBSubnetGroups'],
      resources: [arn(setting.configuration, 'rds', 'subgrp:*')],
      because: 'A request may name a subnet group that is there.',
    },
    {
      actions: ['rds:CreateDBSubnetGroup', 'rds:AddTagsToResource'],
      resources: [arn(setting.configuration, 'rds', 'subgrp:forestbridge-*')],
      conditions: taggedRequest,
      because: named,
    },
    {
      actions: ['rds:ListTagsForResource'],
      resources: [arn(setting.configuration, 'rds', 'subgrp:forestbridge-*')],
      because: named,
    },
    {
      actions: ['ec2:CreateSecurityGroup'],
      resources: [arn(setting.configuration, 'ec2', 'security-group/*')],
      conditions: taggedRequest,
      because: 'AWS draws the ids of groups.',
    },
    { actions: ['ec2:CreateSecurityGroup'], resources: [...vpcs(setting)] },
    {
      actions: ['ec2:CreateTags'],
      resources: [arn(setting.configuration, 'ec2', 'security-group/*')],
      conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' }, ...taggedRequest },
      because: 'AWS draws the ids of groups.',
    },
    {
      actions: [
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupEgress',
      ],
      resources: [arn(setting.configuration, 'ec2', 'security-group/*')],
      conditions: ours,
      because: 'AWS draws the ids of groups.',
    },
    ...adoptedGroups(setting),
  ],
  'ensure-instance': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    look(setting),
    {
      actions: ['rds:CreateDBInstance', 'rds:AddTagsToResource'],
      resources: ownInstances(setting),
      conditions: taggedRequest,
      because: named,
    },
    {
      actions: ['rds:CreateDBInstance'],
      resources: [
        arn(setting.configuration, 'rds', 'subgrp:*'),
        arn(setting.configuration, 'rds', 'og:default:sqlserver-*'),
        arn(setting.configuration, 'rds', 'pg:default.sqlserver-*'),
      ],
      because: named,
    },
    passRole(setting),
    {
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
      resources: [arn(setting.configuration, 'secretsmanager', 'secret:rds!db-*')],
      conditions: viaAws,
      because: "RDS names the master user's secret.",
    },
    {
      actions: ['kms:CreateGrant', 'kms:DescribeKey'],
      resources: [arn(setting.configuration, 'kms', 'key/*')],
      conditions: {
        StringEquals: {
          'kms:ViaService': [
            `rds.${setting.configuration.region}.amazonaws.com`,
            `secretsmanager.${setting.configuration.region}.amazonaws.com`,
          ],
        },
      },
      because: "The account's own keys for RDS and Secrets Manager, or one that a connection lists.",
    },
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [
        globalArn(
          setting.configuration,
          'iam',
          'role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
        ),
      ],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'rds.amazonaws.com' } },
    },
  ],
  'join-domain': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    look(setting),
    ...onInstances(setting, 'rds:ModifyDBInstance'),
    passRole(setting),
  ],
  'await-membership': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem'),
    look(setting),
    { actions: ['rds:DescribeEvents'], resources: ['*'], because: noResourceType },
    ...onInstances(setting, 'rds:RebootDBInstance'),
  ],
  'enter-logins': (setting) => ledger(setting, 'GetItem', 'PutItem'),
  'create-windows-logins': (setting) => [
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [arn(setting.configuration, 'secretsmanager', 'secret:rds!db-*'), ...listedSecrets(setting)],
      because: "RDS names the master user's secret.",
    },
  ],
  'protect-instance': (setting) => [
    ...ledger(setting, 'GetItem'),
    look(setting),
    {
      actions: ['rds:ModifyDBInstance'],
      resources: ownInstances(setting),
      conditions: ours,
      because: named,
    },
  ],
};

/** The secrets of master users that connections list. */
const listedSecrets = ({ configuration }: Setting): readonly string[] => [
  ...new Set(
    configuration.connections.flatMap(({ existingInstances }) =>
      existingInstances.flatMap(({ masterUserSecretArn }) => masterUserSecretArn ?? []),
    ),
  ),
];

/** Groups that a request may name for a new database, and those of listed instances, get a rule for who reaches it. */
const adoptedGroups = (setting: Setting): readonly Grant[] => {
  const { configuration } = setting;
  const listed = configuration.connections.flatMap(({ securityGroupIds, existingInstances }) =>
    [...securityGroupIds, ...existingInstances.flatMap((instance) => instance.securityGroupIds)].map((id) =>
      arn(configuration, 'ec2', `security-group/${id}`),
    ),
  );
  if (listed.length === 0) return [];
  return [{ actions: ['ec2:AuthorizeSecurityGroupIngress'], resources: [...new Set(listed)] }];
};
