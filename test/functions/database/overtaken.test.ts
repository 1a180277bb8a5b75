import { describe, expect, it } from 'vitest';
import { awaitMembership } from '../../../functions/database/await-membership.ts';
import { ensureInstance } from '../../../functions/database/ensure-instance.ts';
import { ensureNetwork } from '../../../functions/database/ensure-network.ts';
import { joinDomain } from '../../../functions/database/join-domain.ts';
import { protectInstance } from '../../../functions/database/protect-instance.ts';
import { databaseAccount, directoryId, newDatabase, ownSettings } from '../../support/database-account.ts';
import { networkAccount } from '../../support/network-account.ts';

const overtaken = {
  requestId: 'orders',
  execution: 'arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-0',
};
const network = { subnetGroupName: 'forestbridge-orders', securityGroupIds: ['sg-1'] };
const input = { database: newDatabase, directoryId, network, failure: null, tags: {} };

describe('an execution that another one overtook', () => {
  it.each([
    [ensureInstance.name, ensureInstance],
    [joinDomain.name, joinDomain],
    [awaitMembership.name, awaitMembership],
    [protectInstance.name, protectInstance],
  ])('does not go on with %s', async (_name, step) => {
    const account = await databaseAccount();
    account.databases.place(ownSettings, null);
    await account.ledger.making('instance', 'orders');
    account.calls.length = 0;
    const others = () => account.calls.filter((call) => call !== 'rds:DescribeDBInstances');

    await expect(account.run(step, { ...input, owner: overtaken })).rejects.toMatchObject({
      name: 'Conflict',
      message:
        'The request orders was carried on by arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1, so this execution must not go on. Start a new execution.',
    });

    expect(others()).toEqual(['dynamodb:GetItem']);
  });

  it('does not go on with ensure-network', async () => {
    const { run, calls } = await networkAccount({ LEDGER_TABLE: 'ledger', LOGIN_SECURITY_GROUP_ID: 'sg-1' });

    await expect(
      run(ensureNetwork, { ...input, directorySubnetIds: ['subnet-1'], owner: overtaken }),
    ).rejects.toMatchObject({ name: 'Conflict' });

    expect(calls).toEqual(['dynamodb:GetItem']);
  });

  it('does not go on either where the claim was given back since', async () => {
    const account = await databaseAccount();
    const owner = { ...overtaken, requestId: 'returned' };

    await expect(account.run(ensureInstance, { ...input, owner })).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('The request returned was carried on by another execution, so'),
    });
  });
});
