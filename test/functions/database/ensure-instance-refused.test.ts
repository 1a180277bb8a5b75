import { describe, expect, it } from 'vitest';
import { ensureInstance } from '../../../functions/database/ensure-instance.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { directoryId, newDatabase, policyArn, roleName } from '../../support/database-account.ts';
import { prepare } from '../../support/instance-account.ts';

describe('ensure-instance, where RDS refuses,', () => {
  it('waits for a role that is too new for RDS, and says what it must be', async () => {
    const { account, input } = await prepare({ directoryId });
    account.roles.find(roleName)?.managedPolicyArns.delete(policyArn);

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(
        /cannot use the role forestbridge-rds: IAM role provided.*AmazonRDSDirectoryServiceAccess/,
      ),
    });

    account.roles.find(roleName)?.managedPolicyArns.add(policyArn);
    await expect(account.settle(ensureInstance, input)).resolves.toMatchObject({ identifier: 'orders' });
  });

  it('waits for a directory that RDS does not find yet', async () => {
    const { account, input } = await prepare({ directoryId });
    account.directories.active = [];

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('RDS does not find the directory d-1234567890'),
    });
  });

  it('leaves it to RDS to refuse a VPC without a default subnet group', async () => {
    const { account, input } = await prepare({
      network: { subnetGroupName: null, securityGroupIds: ['sg-1'] },
    });

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining("DB subnet group 'default' does not exist"),
    });
  });

  it.each([directoryId, null])('fails with what RDS refuses (directory %s)', async (directory) => {
    const { account, input } = await prepare({
      directoryId: directory,
      database: { ...newDatabase, instanceClass: 'db.x1.large' },
    });

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining('RDS does not support creating a DB instance'),
    });
  });

  it('looks again where RDS says that the instance is there already', async () => {
    const { account, input } = await prepare({ directoryId });
    account.disturb((call, answer) =>
      call.operation === 'CreateDBInstance'
        ? Promise.reject(new ServiceError('DBInstanceAlreadyExists', 'DB instance already exists'))
        : answer(),
    );

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('does not show it yet'),
    });
  });

  it('passes on what it does not know', async () => {
    const { account, input } = await prepare();
    account.disturb((call, answer) =>
      call.service === 'rds' ? Promise.reject(new ServiceError('InvalidParameterValue', 'No.')) : answer(),
    );

    await expect(account.run(ensureInstance, input)).rejects.toMatchObject({ name: 'DatabaseFailed' });

    expect(account.calls).toEqual(['rds:DescribeDBInstances']);
  });
});
