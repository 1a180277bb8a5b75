import {
  DeleteDBInstanceCommand,
  DeleteDBSubnetGroupCommand,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { byName, withInstance } from '../../../support/rds-account.ts';

describe('an instance that is there', () => {
  it('is deleted with its secret and its place in the network', async () => {
    const { account, client, modify, events } = await withInstance({ deletionProtection: true });
    const remove = (input: object) => client.send(new DeleteDBInstanceCommand({ ...byName, ...input }));
    await expect(remove({ SkipFinalSnapshot: true })).rejects.toMatchObject({
      message: expect.stringContaining('disable deletion protection'),
    });
    await modify({ DeletionProtection: false });
    await expect(remove({})).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await client.send(new RebootDBInstanceCommand(byName));

    await remove({ FinalDBSnapshotIdentifier: 'last' });
    await expect(remove({ SkipFinalSnapshot: true })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
    await expect(
      client.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'forestbridge-orders' })),
    ).rejects.toMatchObject({ name: 'InvalidDBSubnetGroupStateFault' });
    await account.minutes(9);

    expect(account.databases.all).toEqual([]);
    expect(account.secrets.all).toEqual([]);
    expect(account.network.interfaces.size).toBe(0);
    expect(await events()).toEqual(['DB instance shutdown', 'DB instance deleted']);
  });

  it('is deleted without a secret where the password was its owner’s', async () => {
    const { account, client } = await withInstance({ masterPassword: 'correct-horse' });

    await client.send(new DeleteDBInstanceCommand({ ...byName, SkipFinalSnapshot: true }));
    await account.minutes(9);

    expect(account.databases.all).toEqual([]);
  });
});
