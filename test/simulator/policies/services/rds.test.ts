import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { placeDirectory, subnetIds, vpcId } from '../../../support/company.ts';
import { settings, trustPolicy } from '../../../support/database-account.ts';
import { key, needs, through } from './needs.ts';

const granted = ['kms:GrantIsForAWSResource=true'];
const keyGrant = (arn: string) => [
  ...through('rds', arn, ['DescribeKey']),
  ...through('rds', arn, ['CreateGrant'], granted),
];
const handed = (role: string) => [`iam:PassRole on iam:role/${role} iam:PassedToService=rds.amazonaws.com`];
const serviceLinkedRole =
  'for the caller: iam:CreateServiceLinkedRole on iam:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS iam:AWSServiceName=rds.amazonaws.com';

describe('What RDS needs', () => {
  let world: World;

  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
    placeDirectory(world);
    const tags = new Map([['team', 'orders']]);
    world.databases.addSubnetGroup({ name: 'forestbridge-orders', description: '', vpcId, subnetIds, tags });
  });

  const place = (): void => {
    world.databases.place({ ...settings, tags: new Map([['team', 'orders']]) }, null);
  };
  const creation = {
    DBInstanceIdentifier: 'Orders',
    Engine: 'sqlserver-se',
    EngineVersion: '16.00.4245.2.v1',
    DBSubnetGroupName: 'forestbridge-orders',
  };

  it('for the first instance: what it stands on, and the role of RDS itself', () => {
    expect(needs(world, 'rds', 'CreateDBInstance', creation)).toEqual([
      'rds:CreateDBInstance on rds:db:orders',
      'rds:CreateDBInstance on rds:subgrp:forestbridge-orders aws:ResourceTag/team=orders',
      'rds:CreateDBInstance on rds:og:default:sqlserver-se-16-00',
      'rds:CreateDBInstance on rds:pg:default.sqlserver-se-16.0',
      serviceLinkedRole,
    ]);
  });

  it('for a later instance: no role of RDS itself', () => {
    place();
    expect(needs(world, 'rds', 'CreateDBInstance', creation)).not.toContain(serviceLinkedRole);
  });

  it('for the first instance where RDS has its role: no other one', () => {
    world.roles.create({ name: 'AWSServiceRoleForRDS', trustPolicy });
    expect(needs(world, 'rds', 'CreateDBInstance', creation)).not.toContain(serviceLinkedRole);
  });

  it('for an instance with tags: tagging it while it is made', () => {
    const sent = 'aws:RequestTag/team=orders aws:TagKeys=team';
    const input = { ...creation, Tags: [{ Key: 'team', Value: 'orders' }] };
    expect(needs(world, 'rds', 'CreateDBInstance', input)).toEqual([
      `rds:CreateDBInstance on rds:db:orders ${sent}`,
      `rds:CreateDBInstance on rds:subgrp:forestbridge-orders aws:RequestTag/team=orders aws:ResourceTag/team=orders aws:TagKeys=team`,
      `rds:CreateDBInstance on rds:og:default:sqlserver-se-16-00 ${sent}`,
      `rds:CreateDBInstance on rds:pg:default.sqlserver-se-16.0 ${sent}`,
      `rds:AddTagsToResource on rds:db:orders ${sent}`,
      serviceLinkedRole,
    ]);
  });

  /** What one more setting of a new instance needs. */
  const moreFor = (input: object): readonly string[] => {
    place();
    const { length } = needs(world, 'rds', 'CreateDBInstance', creation);
    return needs(world, 'rds', 'CreateDBInstance', { ...creation, ...input }, key).slice(length);
  };

  it("for storage under AWS's own key, or a customer's: describing it and a grant on it", () => {
    expect(moreFor({ StorageEncrypted: true })).toEqual(keyGrant('kms:key/aws-rds'));
    expect(moreFor({ StorageEncrypted: true, KmsKeyId: 'k2' })).toEqual(keyGrant('kms:key/k2'));
  });

  it('for a password that RDS keeps: the secret, and its key described', () => {
    expect(moreFor({ ManageMasterUserPassword: true })).toEqual([
      'for the caller: secretsmanager:CreateSecret on secretsmanager:secret:rds!db-*',
      'for the caller: secretsmanager:TagResource on secretsmanager:secret:rds!db-*',
      ...through('rds', 'kms:key/aws-secretsmanager', ['DescribeKey']),
    ]);
  });

  it('for such a password of an instance with tags: a secret with them or with none', () => {
    const input = { ...creation, ManageMasterUserPassword: true, Tags: [{ Key: 'team', Value: 'orders' }] };
    const tagging = 'for the caller: secretsmanager:TagResource on secretsmanager:secret:rds!db-*';
    expect(needs(world, 'rds', 'CreateDBInstance', input)).toEqual(
      expect.arrayContaining([tagging, `${tagging} aws:RequestTag/team=orders aws:TagKeys=team`]),
    );
  });

  it("for such a password under a customer's key: the use of that key", () => {
    const input = { ManageMasterUserPassword: true, MasterUserSecretKmsKeyId: 'alias/forestbridge' };
    expect(moreFor(input).slice(2)).toEqual([
      ...keyGrant('kms:key/k'),
      ...through('secretsmanager', 'kms:key/k', ['Decrypt', 'GenerateDataKey']),
    ]);
  });

  it('for a domain: handing over its role, whichever of its services takes it', () => {
    expect(moreFor({ Domain: 'd-1234567890', DomainIAMRoleName: 'forestbridge-rds-domain' })).toEqual(
      handed('forestbridge-rds-domain'),
    );
    const join = { DBInstanceIdentifier: 'orders', Domain: 'd-1234567890', DomainIAMRoleName: 'other' };
    expect(needs(world, 'rds', 'ModifyDBInstance', join).slice(1)).toEqual(handed('other'));
  });

  it.each(['DescribeDBInstances', 'ModifyDBInstance', 'RebootDBInstance'])(
    'for %s: the instance, with its tags',
    (operation) => {
      place();
      expect(needs(world, 'rds', operation, { DBInstanceIdentifier: 'ORDERS' })).toEqual([
        `rds:${operation} on rds:db:orders aws:ResourceTag/team=orders`,
      ]);
    },
  );

  it.each([
    ['DescribeDBInstances', {}, 'db:*'],
    ['DescribeDBSubnetGroups', {}, 'subgrp:*'],
    ['DescribeDBSubnetGroups', { DBSubnetGroupName: 'other' }, 'subgrp:other'],
    [
      'ListTagsForResource',
      { ResourceName: 'arn:aws:rds:eu-central-1:111122223333:subgrp:other' },
      'subgrp:other',
    ],
  ])('for %s %j: %s', (operation, input, resource) => {
    expect(needs(world, 'rds', operation, input)).toEqual([`rds:${operation} on rds:${resource}`]);
  });

  it('for the tags of a subnet group: the group, with its tags', () => {
    const ResourceName = 'arn:aws:rds:eu-central-1:111122223333:subgrp:forestbridge-orders';
    expect(needs(world, 'rds', 'ListTagsForResource', { ResourceName })).toEqual([
      'rds:ListTagsForResource on rds:subgrp:forestbridge-orders aws:ResourceTag/team=orders',
    ]);
  });

  it('for a new subnet group: the group, and its tags', () => {
    const input = { DBSubnetGroupName: 'other', Tags: [{ Key: 'team', Value: 'x' }] };
    const sent = 'aws:RequestTag/team=x aws:TagKeys=team';
    expect(needs(world, 'rds', 'CreateDBSubnetGroup', input)).toEqual([
      `rds:CreateDBSubnetGroup on rds:subgrp:other ${sent}`,
      `rds:AddTagsToResource on rds:subgrp:other ${sent}`,
    ]);
    expect(needs(world, 'rds', 'CreateDBSubnetGroup', { DBSubnetGroupName: 'other' })).toHaveLength(1);
  });

  it.each(['DescribeDBEngineVersions', 'DescribeEvents', 'DescribeOrderableDBInstanceOptions'])(
    'for %s: everything',
    (operation) => {
      expect(needs(world, 'rds', operation, {})).toEqual([`rds:${operation} on *`]);
    },
  );
});
