import { arn } from '../names.ts';
import { type Grants, noResourceType, ours, type Setting, taggedRequest } from './grant.ts';
import { keyThrough, ledger, secretsOf } from './support.ts';

const directories = ({ configuration }: Setting): string => arn(configuration, 'ds', 'directory/*');

/** The VPCs that a request may name. */
export const vpcs = ({ configuration }: Setting): readonly string[] => [
  ...new Set(
    configuration.connections.flatMap(({ vpcIds }) =>
      vpcIds.map((id) => arn(configuration, 'ec2', `vpc/${id}`)),
    ),
  ),
];

const subnets = ({ configuration }: Setting): readonly string[] => [
  ...new Set(
    configuration.connections.flatMap(({ subnetIds }) =>
      subnetIds.map((id) => arn(configuration, 'ec2', `subnet/${id}`)),
    ),
  ),
];

const whose = 'AWS makes the directory and its group, whose ids nobody knows before.';

/** Makes a directory, and opens it to the company. */
export const directory: Grants = {
  'ensure-directory': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    {
      actions: ['ds:CreateMicrosoftAD', 'ds:AddTagsToResource'],
      resources: ['*'],
      conditions: taggedRequest,
      because: noResourceType,
    },
    {
      actions: [
        'ds:DescribeDirectories',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
      because: noResourceType,
    },
    { actions: ['ds:ListTagsForResource'], resources: [directories(setting)], because: whose },
    { actions: ['ds:DeleteDirectory'], resources: [directories(setting)], conditions: ours, because: whose },
    {
      actions: ['ec2:CreateSecurityGroup'],
      resources: [...vpcs(setting), arn(setting.configuration, 'ec2', 'security-group/*')],
      because: whose,
    },
    {
      actions: [
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:RevokeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupEgress',
        'ec2:DeleteSecurityGroup',
      ],
      resources: [arn(setting.configuration, 'ec2', 'security-group/*')],
      conditions: { ArnEquals: { 'ec2:Vpc': vpcs(setting) } },
      because: whose,
    },
    {
      actions: ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'],
      resources: [
        ...subnets(setting),
        arn(setting.configuration, 'ec2', 'network-interface/*'),
        arn(setting.configuration, 'ec2', 'security-group/*'),
      ],
      because: whose,
    },
    {
      actions: ['ec2:CreateTags'],
      resources: [
        arn(setting.configuration, 'ec2', 'network-interface/*'),
        arn(setting.configuration, 'ec2', 'security-group/*'),
      ],
      conditions: {
        StringEquals: { 'ec2:CreateAction': ['CreateSecurityGroup', 'CreateNetworkInterface'] },
      },
      because: whose,
    },
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secretsOf(setting.configuration, '*', 'directory-admin')],
      conditions: ours,
      because: 'A secret is named after its request.',
    },
    keyThrough(setting, 'secretsmanager', 'Decrypt'),
  ],
  'open-directory-traffic': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem'),
    { actions: ['ec2:DescribeSecurityGroupRules'], resources: ['*'], because: noResourceType },
    {
      actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'],
      resources: [arn(setting.configuration, 'ec2', 'security-group/*')],
      conditions: { ArnEquals: { 'ec2:Vpc': vpcs(setting) } },
      because: whose,
    },
  ],
  'route-public-addresses': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem'),
    { actions: ['ds:ListIpRoutes', 'ds:AddIpRoutes'], resources: [directories(setting)], because: whose },
    {
      actions: ['ec2:DescribeSecurityGroups'],
      resources: ['*'],
      because: noResourceType,
    },
  ],
};
