import { beforeAll, describe, expect, it } from 'vitest';
import { arn, ours, tagging, vpc, whoMayByTemplate, world } from '../support/who-may.ts';

const asOurs = tagging('forestbridge:request');
const group = arn('ec2', 'security-group/sg-0fffffffffffffff0');
const instance = arn('rds', 'db:payroll');
const ourInstance = arn('rds', 'db:orders-2');
const ourSubnetGroup = arn('rds', 'subgrp:forestbridge-orders');
const secret = arn('secretsmanager', 'secret:payroll/sa-AbCdEf');
const ourSecret = (kind: string): string =>
  arn('secretsmanager', `secret:forestbridge/orders/${kind}-AbCdEf`);

describe('what is not ours', () => {
  let whoMay: Awaited<ReturnType<typeof whoMayByTemplate>>;
  beforeAll(async () => {
    whoMay = await whoMayByTemplate();
  });

  it.each([
    ['ec2:CreateTags', group],
    ['ec2:CreateTags', arn('ec2', 'instance/i-0fffffffffffffff0')],
    ['ec2:CreateTags', arn('ec2', 'network-interface/eni-0fffffffffffffff0')],
    ['rds:AddTagsToResource', instance],
    ['rds:AddTagsToResource', arn('rds', 'db:my-orders')],
    ['rds:AddTagsToResource', arn('rds', 'db:order')],
    ['rds:AddTagsToResource', arn('rds', 'subgrp:payroll')],
    ['secretsmanager:TagResource', secret],
    ['secretsmanager:TagResource', arn('secretsmanager', 'secret:rds!db-1-AbCdEf')],
    ['ssm:AddTagsToResource', arn('ssm', 'document/forestbridge-create-trust-0123456789ab')],
    ['iam:TagRole', 'arn:aws:iam::111122223333:role/admin'],
    ['kms:TagResource', world.keyArn],
  ])('is tagged as ours by no role: %s on %s', (action, resource) => {
    expect(whoMay(action, resource, { ...asOurs, ...vpc('vpc-0a1b2c3d4e5f60718') })).toEqual([]);
  });

  it.each([
    ['rds:AddTagsToResource', ourInstance, ['ensure-instance']],
    ['rds:AddTagsToResource', ourSubnetGroup, ['ensure-network']],
    ['secretsmanager:TagResource', ourSecret('trust'), ['keep-secrets']],
  ])('gets no tag but the one that says whose it is, to the letter: %s on %s', (action, resource, roles) => {
    const tagged = (key: string) => whoMay(action, resource, tagging(key));
    expect(tagged('forestbridge:request')).toEqual(roles);
    expect(tagged('Forestbridge:Request')).toEqual([]);
    expect(tagged('forestbridge:domain')).toEqual([]);
    expect(whoMay(action, resource)).toEqual([]);
  });

  it.each([
    ['CreateSecurityGroup', ['ensure-network']],
    ['CreateNetworkInterface', []],
  ])('is, where it is a group, tagged by nobody but while it is made: %s', (creation, roles) => {
    expect(whoMay('ec2:CreateTags', group, { ...asOurs, 'ec2:CreateAction': [creation] })).toEqual(roles);
  });

  it('is, where it is an instance, not changed though somebody has tagged it as ours', () => {
    for (const action of ['rds:ModifyDBInstance', 'rds:RebootDBInstance', 'rds:DeleteDBInstance'])
      for (const foreign of [instance, arn('rds', 'db:my-orders')])
        expect(whoMay(action, foreign, ours)).toEqual([]);
  });

  it.each([
    ['og:default:sqlserver-se-16-00', ['ensure-instance']],
    ['og:default:postgres-16', []],
    ['pg:default.sqlserver-se-16.0', ['ensure-instance']],
    ['pg:default.postgres16', []],
  ])('is, where it runs another engine than SQL Server, made by no role: %s', (group, roles) => {
    expect(whoMay('rds:CreateDBInstance', arn('rds', group), asOurs)).toEqual(roles);
  });

  it.each([
    ['rds:ModifyDBInstance', instance],
    ['rds:RebootDBInstance', instance],
    ['rds:DeleteDBInstance', instance],
    ['rds:ModifyDBInstance', ourInstance],
    ['rds:RebootDBInstance', ourInstance],
    ['ec2:RevokeSecurityGroupIngress', group],
    ['ec2:DeleteSecurityGroup', group],
    ['secretsmanager:GetSecretValue', secret],
    ['secretsmanager:GetSecretValue', ourSecret('trust')],
    ['secretsmanager:PutSecretValue', ourSecret('trust')],
    ['secretsmanager:DeleteSecret', ourSecret('directory-admin')],
    ['kms:Decrypt', arn('kms', 'key/1f2e3d4c-5b6a-7988-8796-a5b4c3d2e1f0')],
    ['lambda:InvokeFunction', arn('lambda', 'function:payroll:1')],
    ['states:StartExecution', arn('states', 'stateMachine:payroll')],
    ['dynamodb:GetItem', arn('dynamodb', 'table/payroll')],
    ['sns:Publish', arn('sns', 'payroll')],
  ])('is left alone by every role: %s on %s', (action, resource) => {
    expect(whoMay(action, resource)).toEqual([]);
  });

  it.each([
    ['rds:ModifyDBInstance', ourInstance, ['join-domain', 'protect-instance']],
    ['rds:RebootDBInstance', ourInstance, ['await-membership']],
    ['ec2:RevokeSecurityGroupEgress', group, ['ensure-network']],
    ['secretsmanager:GetSecretValue', ourSecret('trust'), ['ensure-trust']],
    ['secretsmanager:GetSecretValue', ourSecret('directory-admin'), ['ensure-directory']],
  ])('differs from what is by its tag: %s on %s', (action, resource, roles) => {
    expect(whoMay(action, resource, ours)).toEqual(roles);
  });

  it('is opened for the directory in the configured VPCs alone', () => {
    const [action, role] = ['ec2:AuthorizeSecurityGroupIngress', 'open-directory-traffic'];
    expect(whoMay(action, group, vpc('vpc-0a1b2c3d4e5f60718'))).toEqual([role]);
    expect(whoMay(action, group, vpc('vpc-0fffffffffffffff0'))).toEqual([]);
    expect(whoMay(action, group)).toEqual([]);
  });

  it.each([
    [arn('ssm', 'document/forestbridge-create-trust-0123456789ab'), ['send-command']],
    [arn('ssm', 'managed-instance/mi-0a1b2c3d4e5f60718'), ['send-command']],
    [arn('ssm', 'managed-instance/mi-0fffffffffffffff0'), []],
    [arn('ec2', 'instance/i-0a1b2c3d4e5f60718'), []],
    [arn('ssm', 'document/payroll'), []],
    ['arn:aws:ssm:eu-central-1::document/AWS-RunPowerShellScript', []],
  ])('runs no command, and no command runs there: %s', (resource, roles) => {
    expect(whoMay('ssm:SendCommand', resource)).toEqual(roles);
  });

  it.each([
    'ssm:CreateDocument',
    'ssm:UpdateDocument',
    'ssm:UpdateDocumentDefaultVersion',
    'ssm:UpdateDocumentMetadata',
    'ssm:ModifyDocumentPermission',
    'ssm:DeleteDocument',
  ])('becomes of no document of ours: %s', (action) => {
    expect(whoMay(action, arn('ssm', 'document/forestbridge-create-trust-0123456789ab'))).toEqual([]);
  });

  it.each([
    ['role/forestbridge-rds-domain', 'rds.amazonaws.com', ['ensure-instance', 'join-domain']],
    ['role/forestbridge-rds-domain', 'lambda.amazonaws.com', []],
    ['role/admin', 'rds.amazonaws.com', []],
  ])('is handed to no service: %s to %s', (role, service, roles) => {
    const context = { 'iam:PassedToService': [service] };
    expect(whoMay('iam:PassRole', `arn:aws:iam::111122223333:${role}`, context)).toEqual(roles);
  });
});
