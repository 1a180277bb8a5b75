import { DescribeDBInstancesCommand, RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { directoryId, roleName, settings } from '../../../support/database-account.ts';
import { byName, domain, withInstance } from '../../../support/rds-account.ts';

describe('an instance that is there', () => {
  it('is found by identifier and by filters', async () => {
    const { account, client, placed } = await withInstance();
    account.databases.place(
      { ...settings, identifier: 'other', engine: 'sqlserver-ee' },
      {
        directoryId,
        roleName,
      },
    );
    const found = async (Name: string, value: string) => {
      const Filters = [{ Name, Values: [value] }];
      const { DBInstances } = await client.send(new DescribeDBInstancesCommand({ Filters }));
      return DBInstances?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);
    };

    expect(await found('db-instance-id', 'orders')).toEqual(['orders']);
    expect(await found('dbi-resource-id', placed.resourceId)).toEqual(['orders']);
    expect(await found('domain', directoryId)).toEqual(['other']);
    expect(await found('engine', 'sqlserver-ee')).toEqual(['other']);
    await expect(found('colour', 'blue')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(
      client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'none' })),
    ).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault' });
  });

  it('changes its class at once or later, and its protection', async () => {
    const { account, modify, instance, placed, events } = await withInstance();

    await modify({ DBInstanceClass: 'db.r6i.xlarge', DeletionProtection: true });
    expect(await instance()).toMatchObject({
      DBInstanceClass: 'db.r6i.large',
      DeletionProtection: true,
      PendingModifiedValues: { DBInstanceClass: 'db.r6i.xlarge' },
    });
    await modify({ DBInstanceClass: 'db.r6i.xlarge', ApplyImmediately: true });
    await expect(modify({ DeletionProtection: false })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
    await account.minutes(21);

    expect(placed).toMatchObject({
      instanceClass: 'db.r6i.xlarge',
      pendingInstanceClass: null,
      status: 'available',
    });
    expect(await events()).toEqual(['Finished applying modification to DB instance class']);
    await modify({ DBInstanceClass: 'db.r6i.xlarge' });
    expect(placed.pendingInstanceClass).toBeNull();
    await expect(modify({ AllocatedStorage: 200 })).rejects.toMatchObject({
      message: "The simulator's RDS does not know AllocatedStorage.",
    });
  });

  it('reboots only where nothing else is going on', async () => {
    const { client, modify } = await withInstance();
    const reboot = () => client.send(new RebootDBInstanceCommand(byName));
    await modify({ ...domain, ApplyImmediately: true });

    await expect(reboot()).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
  });
});
