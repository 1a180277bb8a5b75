// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
import type * as Rds from '@aws-sdk/client-rds';
import type { CreateDBInstanceMessage } from '@aws-sdk/client-rds';
import type { Access } from '../access.ts';
import { keyOf, withKey } from '../encryption.ts';
import {
  anywhere,
  arn,
  handedOn,
  on,
  onBehalf,
  type Resource,
  resource,
  sentTags,
  tagged,
} from '../resources.ts';
import type { Doubt, Rows, Surroundings } from '../rows.ts';
import { passRole, serviceLinkedRole } from './iam.ts';

export const unverified: readonly Doubt[] = [
  {
    operation: 'rds:CreateDBInstance',
    why: "Which of its optional resources are looked at. As in the user guide's example, the default option and parameter groups and the subnet group are, and no DB security group.",
  },
  {
    operation: 'rds:CreateDBInstance',
    why: 'With which tags RDS calls secretsmanager:TagResource. It is seen to hand on those of the instance, so it must be allowed with them and with none.',
  },
  {
    operation: 'rds:CreateDBInstance',
    why: "The policies of AWS's own keys may allow what RDS does with them in anybody's name. kms:DescribeKey and kms:CreateGrant are asked of the caller all the same.",
  },
  {
    operation: 'rds:CreateDBInstance',
    why: 'Through which service the key of the secret is described and granted: RDS is filled in, Secrets Manager for drawing data keys.',
  },
  {
    operation: 'rds:CreateDBInstance',
    why: 'Whether a Domain needs rights on Directory Service beside iam:PassRole. The passed role has them, so they are not asked of the caller; likewise ModifyDBInstance.',
  },
  {
    operation: 'rds:DescribeDBEngineVersions',
    why: 'Whether pg is a resource of it. All resources are asked for.',
  },
  { operation: 'rds:DescribeEvents', why: 'Whether es is a resource of it. All resources are asked for.' },
];

const own = (at: Surroundings, kind: string, name: string): Resource => {
  const { databases } = at.world;
  const found = kind === 'db' ? databases.find(name) : databases.subnetGroups.get(name);
  return resource(arn(at, 'rds', `${kind}:${name}`), tagged(found?.tags ?? [], 'aws:ResourceTag'));
};

const named = (at: Surroundings, kind: 'db' | 'subgrp', name = '*'): Resource =>
  own(at, kind, name.toLowerCase());

/** The thing of an ARN. */
const thing = (at: Surroundings, thingArn = '*'): Resource => {
  const [kind = '', name = ''] = thingArn.split(':').slice(5);
  return own(at, kind, name);
};

/** The groups of options and parameters that RDS has for a version, such as default.sqlserver-se-16.0. */
const defaultGroups = (
  at: Surroundings,
  {
    Engine = '',
    EngineVersion = at.world.databases.offers.versionsOf(Engine)[0] ?? '',
  }: CreateDBInstanceMessage,
): readonly Resource[] => {
  const [major = '', minor = ''] = EngineVersion.split('.');
  return [
    resource(arn(at, 'rds', `og:default:${Engine.toLowerCase()}-${major}-${minor}`)),
    resource(arn(at, 'rds', `pg:default.${Engine.toLowerCase()}-${major}.${Number(minor)}`)),
  ];
};

const domainRole = (
  at: Surroundings,
  { DomainIAMRoleName: name }: Pick<CreateDBInstanceMessage, 'DomainIAMRoleName'>,
) => (name === undefined ? [] : [passRole(at, name, 'rds.amazonaws.com')]);

const grant = { 'kms:GrantIsForAWSResource': ['true'] };

const storage = (
  at: Surroundings,
  { StorageEncrypted, KmsKeyId }: CreateDBInstanceMessage,
): readonly Access[] => {
  if (StorageEncrypted !== true) return [];
  const key = keyOf(at, KmsKeyId, 'rds');
  return [...withKey(at, key, 'rds', ['DescribeKey']), ...withKey(at, key, 'rds', ['CreateGrant'], grant)];
};

/** RDS keeps the master user's password in a secret of the caller's account. */
const masterSecret = (at: Surroundings, input: CreateDBInstanceMessage): readonly Access[] => {
  if (input.ManageMasterUserPassword !== true) return [];
  const { MasterUserSecretKmsKeyId: given } = input;
  const secret = resource(arn(at, 'secretsmanager', 'secret:rds!db-*'));
  const key = keyOf(at, given, 'secretsmanager');
  const own = [
    ...withKey(at, key, 'rds', ['CreateGrant'], grant),
    ...withKey(at, key, 'secretsmanager', ['Decrypt', 'GenerateDataKey']),
  ];
  return [
    ...onBehalf([
      on('secretsmanager:CreateSecret', secret),
      ...handedOn('secretsmanager:TagResource', secret, sentTags(input.Tags)),
    ]),
    ...withKey(at, key, 'rds', ['DescribeKey']),
    ...(given === undefined ? [] : own),
  ];
};

const isFirst = ({ world }: Surroundings): boolean => world.databases.all.length === 0;

export const rds: Rows<typeof Rds> = {
  CreateDBInstance(input, at) {
    const instance = named(at, 'db', input.DBInstanceIdentifier);
    const sent = sentTags(input.Tags);
    const touched = [named(at, 'subgrp', input.DBSubnetGroupName ?? 'default'), ...defaultGroups(at, input)];
    return [
      on('rds:CreateDBInstance', instance, sent),
      ...touched.map((each) => on('rds:CreateDBInstance', each, sent)),
      ...(Object.keys(sent).length === 0 ? [] : [on('rds:AddTagsToResource', instance, sent)]),
      ...domainRole(at, input),
      ...storage(at, input),
      ...masterSecret(at, input),
      ...(isFirst(at) ? serviceLinkedRole(at, 'rds.amazonaws.com', 'AWSServiceRoleForRDS') : []),
    ];
  },

  CreateDBSubnetGroup({ DBSubnetGroupName, Tags }, at) {
    const group = named(at, 'subgrp', DBSubnetGroupName);
    const sent = sentTags(Tags);
    const tagging = Object.keys(sent).length === 0 ? [] : [on('rds:AddTagsToResource', group, sent)];
    return [on('rds:CreateDBSubnetGroup', group, sent), ...tagging];
  },

  ModifyDBInstance: (input, at) => [
    on('rds:ModifyDBInstance', named(at, 'db', input.DBInstanceIdentifier)),
    ...domainRole(at, input),
  ],

  RebootDBInstance: (input, at) => [on('rds:RebootDBInstance', named(at, 'db', input.DBInstanceIdentifier))],

  DescribeDBInstances: (input, at) => [
    on('rds:DescribeDBInstances', named(at, 'db', input.DBInstanceIdentifier)),
  ],
  DescribeDBSubnetGroups: (input, at) => [
    on('rds:DescribeDBSubnetGroups', named(at, 'subgrp', input.DBSubnetGroupName)),
  ],
  ListTagsForResource: (input, at) => [on('rds:ListTagsForResource', thing(at, input.ResourceName))],

  DescribeDBEngineVersions: () => anywhere('rds:DescribeDBEngineVersions'),
  DescribeEvents: () => anywhere('rds:DescribeEvents'),
  DescribeOrderableDBInstanceOptions: () => anywhere('rds:DescribeOrderableDBInstanceOptions'),
};
