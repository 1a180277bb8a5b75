import { describe, expect, it } from 'vitest';
import { preflightAccount } from '../preflight-account.ts';
import { example } from '../requests.ts';

/** How far the ledger got with the instance. */
type Entered = 'not' | 'begun' | 'made';

const untagged: ReadonlyMap<string, string> = new Map();
const ours = new Map([['forestbridge:request', 'orders']]);

/** An account with an instance of the identifier that the request wants to make. */
const withInstance = async (tags: ReadonlyMap<string, string>, entered: Entered) => {
  const account = await preflightAccount(example('one-way-forest'));
  const { databases } = account.world;
  const { database } = account.request;
  if (database === null || database.existing) throw new Error('The example has a new database.');
  databases.addSubnetGroup({
    name: 'forestbridge-orders',
    description: 'Subnets',
    vpcId: String(account.request.directory.vpcId),
    subnetIds: database.subnetIds,
    tags: new Map(),
  });
  const { resourceId } = databases.place(
    {
      ...database,
      engineVersion: '16.00.4245.2.v1',
      encrypted: true,
      masterPassword: null,
      subnetGroupName: 'forestbridge-orders',
      publiclyAccessible: false,
      copyTagsToSnapshot: true,
      tags,
    },
    null,
  );
  if (entered !== 'not') await account.ledger.making('instance', 'orders');
  if (entered === 'made') await account.ledger.made('instance', 'orders', resourceId);
  account.calls.length = 0;
  return account;
};

describe('a database to be made', () => {
  it.each<[string, ReadonlyMap<string, string>, Entered]>([
    ['somebody else’s', untagged, 'not'],
    ['somebody else’s, though it had begun one', untagged, 'begun'],
    ['another request’s, though it had begun one', new Map([['forestbridge:request', 'billing']]), 'begun'],
    ['one with its tag that it never began', ours, 'not'],
  ])('may not have the identifier of %s', async (_whose, tags, entered) => {
    const account = await withInstance(tags, entered);

    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'identifier-taken',
        message:
          'There is a database instance orders, and this request did not make it. Choose another database.identifier.',
      },
    ]);
  });

  it.each<[string, ReadonlyMap<string, string>, Entered]>([
    ['as its tag says', ours, 'begun'],
    ['as the ledger says', untagged, 'made'],
  ])(
    'may have been made by this request before, %s; then RDS’s offers of today are of no interest',
    async (_how, tags, entered) => {
      const account = await withInstance(tags, entered);

      expect(await account.findings()).toEqual([]);
      expect(account.calls.filter((call) => /Orderable|EngineVersions/.test(call))).toEqual([]);
    },
  );
});
