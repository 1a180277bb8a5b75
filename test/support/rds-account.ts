import {
  CreateDBInstanceCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { databaseAccount, directoryId, roleName, settings } from './database-account.ts';

export const domain = { Domain: directoryId, DomainIAMRoleName: roleName };
export const byName = { DBInstanceIdentifier: 'orders' };

/** An account with RDS's client, and what tests ask of one instance. */
export const prepare = async () => {
  const account = await databaseAccount();
  const client = new RDSClient(account.configuration);
  const input = {
    DBInstanceIdentifier: 'Orders',
    DBInstanceClass: 'db.r6i.large',
    Engine: 'sqlserver-se',
    AllocatedStorage: 100,
    MasterUsername: 'admin',
    ManageMasterUserPassword: true,
    DBSubnetGroupName: 'forestbridge-orders',
    VpcSecurityGroupIds: [account.securityGroupId],
  };
  const instance = async () =>
    (await client.send(new DescribeDBInstancesCommand(byName))).DBInstances?.[0] ?? {};
  return {
    account,
    client,
    input,
    instance,
    membership: async () => (await instance()).DomainMemberships?.[0]?.Status,
    create: (change: object = {}) => client.send(new CreateDBInstanceCommand({ ...input, ...change })),
    modify: (change: object) => client.send(new ModifyDBInstanceCommand({ ...byName, ...change })),
    events: async (change: object = {}) =>
      (await client.send(new DescribeEventsCommand(change))).Events?.map(({ Message }) => Message),
  };
};

/** The same with an instance that has been there for long. */
export const withInstance = async (change: object = {}) => {
  const prepared = await prepare();
  return { ...prepared, placed: prepared.account.databases.place({ ...settings, ...change }, null) };
};
