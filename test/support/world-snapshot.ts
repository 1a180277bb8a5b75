import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { operatorConfiguration } from '../../cli/local-account.ts';
import type { Account } from '../../simulator/account.ts';

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

const byText = (one: unknown, other: unknown): number => String(one).localeCompare(String(other));

/** Any data of a world as JSON has it. */
export const plain = (value: unknown): Plain => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Set) return plain([...value].toSorted(byText));
  if (value instanceof Map) return plain(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') throw new TypeError(`A world holds no ${typeof value}.`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
};

/** Every item of the ledger, by the names of its attributes. */
export const ledgerOf = async (account: Account): Promise<readonly Readonly<Record<string, string>>[]> => {
  const client = new DynamoDBClient(operatorConfiguration(account));
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName: 'forestbridge-ledger' }));
  return items.map((item) =>
    Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, S ?? N ?? ''])),
  );
};

/** Everything that stands in an account and in the companies around it, as plain data. What has happened is not in it. */
export const snapshotOf = async (account: Account) => {
  const { forests, directories, network, secrets, roles, databases } = account.world;
  const { vpcs, subnets, routeTables, networkAcls, securityGroups, interfaces, instances } = network;
  return {
    forests: plain(forests),
    directories: plain(directories.all),
    network: [vpcs, subnets, routeTables, networkAcls, securityGroups, interfaces, instances].map((things) =>
      plain([...things.values()]),
    ),
    secrets: plain(secrets.all),
    roles: plain(roles.all),
    instances: plain(databases.all),
    subnetGroups: plain(databases.subnetGroups),
    logins: plain(
      databases.all.map(({ identifier }) => account.sqlServers.serverOf(identifier)?.logins ?? []),
    ),
    ledger: await ledgerOf(account),
  };
};

export type Snapshot = Awaited<ReturnType<typeof snapshotOf>>;
