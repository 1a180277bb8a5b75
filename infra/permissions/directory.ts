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

type Connection = Setting['configuration']['connections'][number];

const arnsOf = (
  { configuration }: Setting,
  connections: readonly Connection[],
  kind: 'vpc' | 'subnet',
): readonly string[] => {
  const ids = connections.flatMap(({ vpcIds, subnetIds }) => (kind === 'vpc' ? vpcIds : subnetIds));
  return [...new Set(ids)].map((id) => arn(configuration, 'ec2', `${kind}/${id}`));
};

/** The VPCs that a request may name. */
export const vpcs = (setting: Setting): readonly string[] =>
  arnsOf(setting, setting.configuration.connections, 'vpc');

/** Where a new directory may stand: a connection that names one makes none. */
const forNewOnes = (setting: Setting, kind: 'vpc' | 'subnet'): readonly string[] =>
  arnsOf(
    setting,
    setting.configuration.connections.filter(({ directory }) => 'nameSuffix' in directory),
    kind,
  );

/** On what is in a VPC where a directory may be made, by Directory Service in the name of who called it. */
const inTheirVpcs = (setting: Setting) => ({
  ...viaAws,
  ArnEquals: { 'ec2:Vpc': forNewOnes(setting, 'vpc') },
});

/** It makes the network of the controllers so. */
const makingNetwork = (setting: Setting): readonly Grant[] => {
  const of = (kind: string): string => arn(setting.configuration, 'ec2', `${kind}/*`);
  return [
    {
      actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      resources: ['*'],
      conditions: viaAws,
      because: noResourceType,
    },
    {
      actions: ['ec2:CreateSecurityGroup'],
      resources: [...forNewOnes(setting, 'vpc'), of('security-group')],
      conditions: viaAws,
      because: whose,
    },
    {
      actions: [
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:CreateNetworkInterface',
      ],
      resources: [of('security-group')],
      conditions: inTheirVpcs(setting),
      because: whose,
    },
    {
      actions: ['ec2:CreateNetworkInterface'],
      resources: [...forNewOnes(setting, 'subnet'), of('network-interface')],
      conditions: viaAws,
      because: whose,
    },
    // It hands the directory's tags on, so they cannot be refused: see docs/decisions/who-may-tag.md.
    {
      actions: ['ec2:CreateTags'],
      resources: [of('network-interface'), of('security-group')],
      conditions: { ...viaAws, ArnEqualsIfExists: { 'ec2:Vpc': forNewOnes(setting, 'vpc') } },
      because: whose,
    },
  ];
};

/** And so it removes it. */
const removingNetwork = (setting: Setting): readonly Grant[] => {
  const of = (kind: string): string => arn(setting.configuration, 'ec2', `${kind}/*`);
  return [
    {
      actions: ['ec2:DescribeNetworkInterfaces'],
      resources: ['*'],
      conditions: viaAws,
      because: noResourceType,
    },
    {
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ec2:DeleteSecurityGroup'],
      resources: [of('security-group')],
      conditions: inTheirVpcs(setting),
      because: whose,
    },
    {
      actions: ['ec2:DeleteNetworkInterface'],
      resources: [of('network-interface')],
      conditions: inTheirVpcs(setting),
      because: whose,
    },
  ];
};

const whose = 'AWS makes the directory and its group, whose ids nobody knows before.';

/** Where every connection names its directory, none is made. */
const newDirectories = (setting: Setting): readonly Grant[] =>
  forNewOnes(setting, 'vpc').length === 0
    ? []
    : [
        {
          actions: ['ds:CreateMicrosoftAD'],
          resources: ['*'],
          conditions: taggedRequest,
          because: noResourceType,
        },
        // A creation with tags asks for it; nothing tells it from a call of its own: see docs/decisions/who-may-tag.md.
        {
          actions: ['ds:AddTagsToResource'],
          resources: [directories(setting)],
          conditions: taggedRequest,
          because: whose,
        },
        { actions: ['ds:ListTagsForResource'], resources: [directories(setting)], because: whose },
        ...makingNetwork(setting),
        {
          actions: ['secretsmanager:GetSecretValue'],
          resources: [secretsOf(setting.configuration, '*', 'directory-admin')],
          conditions: ours,
          because: 'A secret is named after its request.',
        },
        keyThrough(setting, 'secretsmanager', 'Decrypt'),
      ];

/** Whoever deletes may not tag: see docs/decisions/who-may-tag.md. */
const superfluousDirectories = (setting: Setting): readonly Grant[] =>
  forNewOnes(setting, 'vpc').length === 0
    ? []
    : [
        { actions: ['ds:ListTagsForResource'], resources: [directories(setting)], because: whose },
        {
          actions: ['ds:DeleteDirectory'],
          resources: [directories(setting)],
          conditions: ours,
          because: whose,
        },
        ...removingNetwork(setting),
      ];

/** Makes a directory, and opens it to the company. */
export const directory: Grants = {
  'ensure-directory': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    { actions: ['ds:DescribeDirectories'], resources: ['*'], because: noResourceType },
    ...newDirectories(setting),
  ],
  'remove-directory': (setting) => [
    ...ledger(setting, 'GetItem'),
    { actions: ['ds:DescribeDirectories'], resources: ['*'], because: noResourceType },
    ...superfluousDirectories(setting),
  ],
  'open-directory-traffic': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem'),
    { actions: ['ec2:DescribeSecurityGroupRules'], resources: ['*'], because: noResourceType },
    // A condition without a value is none; where no VPC is allowed, there is nothing to open.
    ...(vpcs(setting).length === 0
      ? []
      : [
          {
            actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'],
            resources: [arn(setting.configuration, 'ec2', 'security-group/*')],
            conditions: { ArnEquals: { 'ec2:Vpc': vpcs(setting) } },
            because: whose,
          },
        ]),
  ],
  'route-public-addresses': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    ...onDirectories(setting, 'ds:ListIpRoutes', 'ds:AddIpRoutes'),
    {
      actions: ['ec2:DescribeSecurityGroups'],
      resources: ['*'],
      conditions: viaAws,
      because: noResourceType,
    },
  ],
};
