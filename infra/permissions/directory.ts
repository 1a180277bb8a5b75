import { arn } from '../names.ts';
import { makingNetwork, neverOurs, removingNetwork, taggingNetwork, whose } from './directory-network.ts';
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
import { forNewOnes, vpcs } from './vpcs.ts';

const directories = ({ configuration }: Setting): string => arn(configuration, 'ds', 'directory/*');

/** On a creation: it gets the tag that opens nothing but its confirmation. */
const taggedCreation = {
  'ForAnyValue:StringEquals': { 'aws:TagKeys': 'forestbridge:created-for' },
  ...neverOurs,
};

/** Where every connection names its directory, none is made. */
const newDirectories = (setting: Setting): readonly Grant[] =>
  forNewOnes(setting, 'vpc').length === 0
    ? []
    : [
        {
          actions: ['ds:CreateMicrosoftAD'],
          resources: ['*'],
          conditions: taggedCreation,
          because: noResourceType,
        },
        // A creation with tags asks for it; nothing tells it from a call of its own: see docs/decisions/who-may-tag.md.
        {
          actions: ['ds:AddTagsToResource'],
          resources: [directories(setting)],
          conditions: taggedCreation,
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

/** What was created for a request becomes its own by one more tag: see docs/decisions/who-may-tag.md. */
const confirmedDirectories = (setting: Setting): readonly Grant[] =>
  forNewOnes(setting, 'vpc').length === 0
    ? []
    : [
        { actions: ['ds:ListTagsForResource'], resources: [directories(setting)], because: whose },
        {
          actions: ['ds:AddTagsToResource'],
          resources: [directories(setting)],
          conditions: {
            ...taggedRequest,
            'ForAllValues:StringEquals': { 'aws:TagKeys': 'forestbridge:request' },
            Null: { 'aws:ResourceTag/forestbridge:created-for': 'false' },
          },
          because: whose,
        },
        taggingNetwork(setting),
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
  'confirm-directory': (setting) => [
    ...ledger(setting, 'GetItem'),
    { actions: ['ds:DescribeDirectories'], resources: ['*'], because: noResourceType },
    ...confirmedDirectories(setting),
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
