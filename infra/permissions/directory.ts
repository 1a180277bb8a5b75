import { arn } from '../names.ts';
import {
  type Grant,
  type Grants,
  noResourceType,
  ours,
  type Setting,
  taggedRequest,
  viaAws,
} from './grant.ts';
import { keyThrough, ledger, onDirectories, secretsOf } from './support.ts';

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

/** Directory Service makes and removes the network of the controllers in the name of who called it. */
const controllersNetwork = (setting: Setting): readonly Grant[] => {
  const of = (kind: string): string => arn(setting.configuration, 'ec2', `${kind}/*`);
  const inOurVpcs = { ...viaAws, ArnEquals: { 'ec2:Vpc': vpcs(setting) } };
  return [
    {
      actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      resources: ['*'],
      conditions: viaAws,
      because: noResourceType,
    },
    {
      actions: ['ec2:CreateSecurityGroup'],
      resources: [...vpcs(setting), of('security-group')],
      conditions: viaAws,
      because: whose,
    },
    {
      actions: [
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:RevokeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupEgress',
        'ec2:DeleteSecurityGroup',
        'ec2:CreateNetworkInterface',
      ],
      resources: [of('security-group')],
      conditions: inOurVpcs,
      because: whose,
    },
    {
      actions: ['ec2:CreateNetworkInterface'],
      resources: [...subnets(setting), of('network-interface')],
      conditions: viaAws,
      because: whose,
    },
    {
      actions: ['ec2:DeleteNetworkInterface'],
      resources: [of('network-interface')],
      conditions: inOurVpcs,
      because: whose,
    },
    // Which tags it sends is not told, so nothing is asked of them; no code of ours can send any.
    {
      actions: ['ec2:CreateTags'],
      resources: [of('network-interface'), of('security-group')],
      conditions: viaAws,
      because: whose,
    },
  ];
};

const whose = 'AWS makes the directory and its group, whose ids nobody knows before.';

/** Makes a directory, and opens it to the company. */
export const directory: Grants = {
  'ensure-directory': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    // It tags what it makes; ds:AddTagsToResource, which could tag another directory as ours, is not needed for it.
    {
      actions: ['ds:CreateMicrosoftAD'],
      resources: ['*'],
      conditions: taggedRequest,
      because: noResourceType,
    },
    { actions: ['ds:DescribeDirectories'], resources: ['*'], because: noResourceType },
    { actions: ['ds:ListTagsForResource'], resources: [directories(setting)], because: whose },
    { actions: ['ds:DeleteDirectory'], resources: [directories(setting)], conditions: ours, because: whose },
    ...controllersNetwork(setting),
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
    ...onDirectories(setting, 'ds:ListIpRoutes', 'ds:AddIpRoutes'),
    {
      actions: ['ec2:DescribeSecurityGroups'],
      resources: ['*'],
      conditions: viaAws,
      because: noResourceType,
    },
  ],
};
