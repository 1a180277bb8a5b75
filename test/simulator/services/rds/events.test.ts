import { RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { settings } from '../../../support/database-account.ts';
import { byName, withInstance } from '../../../support/rds-account.ts';

describe('events', () => {
  it('are those of an instance and of a time', async () => {
    const { account, client, events } = await withInstance();
    account.databases.place({ ...settings, identifier: 'other' }, null);
    await client.send(new RebootDBInstanceCommand(byName));
    const start = account.clock.now();
    await account.minutes(30);
    await client.send(new RebootDBInstanceCommand({ DBInstanceIdentifier: 'other' }));
    const ours = { SourceIdentifier: 'orders', SourceType: 'db-instance' };

    expect(await events(ours)).toEqual(['DB instance shutdown', 'DB instance restarted']);
    expect(await events({ Duration: 10 })).toEqual(['DB instance shutdown']);
    expect(await events({ ...ours, StartTime: new Date(start + 1) })).toEqual(['DB instance restarted']);
    expect(await events({ StartTime: new Date(start), EndTime: new Date(start) })).toEqual([
      'DB instance shutdown',
    ]);
    expect(await events({ SourceType: 'db-snapshot' })).toEqual([]);
    await account.minutes(120);
    expect(await events()).toEqual([]);
    await expect(events({ SourceIdentifier: 'orders' })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });
});
