import { describe, expect, it } from 'vitest';
import { directoryId, policyArn, roleName, settings } from '../../../support/database-account.ts';
import { domain, prepare } from '../../../support/rds-account.ts';

describe('a new instance', () => {
  it.each([
    ['InvalidParameterValue', { DBInstanceIdentifier: 'a--b' }],
    ['InvalidParameterValue', { DBInstanceIdentifier: '1a' }],
    ['InvalidParameterValue', { DBInstanceIdentifier: 'a'.repeat(64) }],
    ['InvalidParameterValue', { Engine: 'mysql' }],
    ['InvalidParameterValue', { DBName: 'orders' }],
    ['InvalidParameterValue', { AllocatedStorage: 19 }],
    ['InvalidParameterValue', { AllocatedStorage: 16_385 }],
    ['InvalidParameterValue', { AllocatedStorage: 99, StorageType: 'io1', Iops: 1000 }],
    ['InvalidParameterValue', { Port: 1149 }],
    ['InvalidParameterValue', { Port: 65_536 }],
    ['InvalidParameterValue', { VpcSecurityGroupIds: ['sg-1'] }],
    ['InvalidParameterValue', { ManageMasterUserPassword: false, MasterUserPassword: 'short' }],
    ['InvalidParameterValue', { ManageMasterUserPassword: false, MasterUserPassword: 'with@sign' }],
    ['InvalidParameterCombination', { MasterUserPassword: 'correct-horse' }],
    ['InvalidParameterCombination', { EngineVersion: '11.00' }],
    ['InvalidParameterCombination', { LicenseModel: 'bring-your-own-license' }],
    ['InvalidParameterCombination', { DBInstanceClass: 'db.t3.micro' }],
    ['InvalidParameterCombination', { Engine: 'sqlserver-web', MultiAZ: true }],
    ['InvalidParameterCombination', { StorageType: 'io1' }],
    ['InvalidParameterCombination', { StorageType: 'io2' }],
    ['InvalidParameterCombination', { Domain: directoryId }],
    ['InvalidParameterCombination', { Timezone: 'UTC' }],
    ['MissingParameter', { MasterUsername: undefined }],
    ['MissingParameter', { ManageMasterUserPassword: false }],
    ['DBSubnetGroupNotFoundFault', { DBSubnetGroupName: 'none' }],
    ['DomainNotFoundFault', { Domain: 'd-0000000000', DomainIAMRoleName: roleName }],
  ])('is refused by %s for %j', async (name, change) => {
    const { account, create } = await prepare();

    await expect(create(change)).rejects.toMatchObject({ name });

    expect(account.databases.all).toEqual([]);
  });

  it('is refused where the security group is in another VPC', async () => {
    const { account, create } = await prepare();
    account.network.addVpc('vpc-0000000000000000f', '10.9.0.0/16');
    const { id } = account.network.addSecurityGroup('vpc-0000000000000000f', 'other', 'Another');

    await expect(create({ VpcSecurityGroupIds: [id] })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: expect.stringContaining('different VPCs'),
    });
  });

  it('is refused where RDS cannot use the role', async () => {
    const { account, create } = await prepare();
    account.roles.find(roleName)?.managedPolicyArns.delete(policyArn);

    await expect(create(domain)).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: expect.stringContaining('IAM role provided is not valid'),
    });
  });

  it('is refused where there is one of that name, or as many as an account may have', async () => {
    const { account, create } = await prepare();
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'DBInstanceAlreadyExistsFault' });
    for (let count = 1; count < 40; count += 1)
      account.databases.place({ ...settings, identifier: `more${count}` }, null);

    await expect(create({ DBInstanceIdentifier: 'other' })).rejects.toMatchObject({
      name: 'InstanceQuotaExceededFault',
    });
  });
});
