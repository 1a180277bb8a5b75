import { beforeEach, describe, expect, it } from 'vitest';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { example } from '../requests.ts';

describe('a database to be made', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(example('one-way-forest'));
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
    databases.place(
      {
        ...database,
        engineVersion: '16.00.4245.2.v1',
        encrypted: true,
        masterPassword: null,
        subnetGroupName: 'forestbridge-orders',
        publiclyAccessible: false,
        copyTagsToSnapshot: true,
        tags: new Map(),
      },
      null,
    );
  });

  it('may not have the identifier of somebody else’s', async () => {
    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'identifier-taken',
        message:
          'There is a database instance orders, and this request did not make it. Write "existing": true to join it as it is, or choose another database.identifier.',
      },
    ]);
  });

  it('may have been made by this request before; then RDS’s offers of today are of no interest', async () => {
    await account.ledger.making('instance', 'orders');
    account.calls.length = 0;

    expect(await account.findings()).toEqual([]);
    expect(account.calls.filter((call) => /Orderable|EngineVersions/.test(call))).toEqual([]);
  });
});
