import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { type DatabaseAccount, databaseAccount, newDatabase, settings } from './database-account.ts';

/** What ensure-instance is given. */
export const inputFor = ({ securityGroupId }: DatabaseAccount, change: object = {}) => ({
  database: newDatabase,
  network: { subnetGroupName: 'forestbridge-orders', securityGroupIds: [securityGroupId] },
  directoryId: null,
  tags: { team: 'orders' },
  ...change,
});

/** How far the ledger got with the instance. */
export type Entered = 'not' | 'begun' | 'made';

export const untagged: ReadonlyMap<string, string> = new Map();
export const ours = new Map([['forestbridge:request', 'orders']]);

/** An account in which an instance is wanted. */
export const prepare = async (change: object = {}) => {
  const account = await databaseAccount();
  return { account, input: inputFor(account, change) };
};

/** An account with an instance of that identifier, made as the ledger says and tagged so. */
export const withInstance = async (
  tags: ReadonlyMap<string, string>,
  entered: Entered,
  change: object = {},
) => {
  const { account, input } = await prepare();
  const instance = account.databases.place({ ...settings, tags, ...change }, null);
  if (entered !== 'not') await account.ledger.making('instance', 'orders');
  if (entered === 'made') await account.ledger.made('instance', 'orders', instance.resourceId);
  account.calls.length = 0;
  return { account, input, instance };
};

/** The first instance as RDS tells of it. */
export const described = async ({ configuration }: DatabaseAccount) => {
  const { DBInstances } = await new RDSClient(configuration).send(new DescribeDBInstancesCommand({}));
  return DBInstances?.[0] ?? {};
};
