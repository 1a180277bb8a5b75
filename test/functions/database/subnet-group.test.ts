import { describe, expect, it } from 'vitest';
import { databaseNetwork, newDatabase, subnets } from '../../support/database-network.ts';

describe('the DB subnet group of a new database', () => {
  it('adopts a subnet group of its name and of the same subnets', async () => {
    const { run, addSubnetGroup, ledger } = await databaseNetwork();
    addSubnetGroup('forestbridge-orders', subnets.toReversed());
    expect(await run(newDatabase)).toMatchObject({ subnetGroupName: 'forestbridge-orders' });
    expect(await ledger.find('subnet-group', 'forestbridge-orders')).toBeUndefined();
  });

  it.each([[{}], [{ Subnets: [{}] }]])('refuses one that RDS shows without subnets: %j', async (group) => {
    const { run, disturb } = await databaseNetwork();
    disturb(async (call, answer) =>
      call.operation === 'DescribeDBSubnetGroups' ? { DBSubnetGroups: [group] } : answer(),
    );
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('refuses one of other subnets', async () => {
    const { run, addSubnetGroup } = await databaseNetwork();
    addSubnetGroup('forestbridge-orders', subnets.slice(0, 1));
    await expect(run(newDatabase)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${subnets[0]} instead of ${subnets.join(', ')}`),
    });
  });

  it('uses a subnet group that the request names', async () => {
    const { run, addSubnetGroup, databases } = await databaseNetwork();
    addSubnetGroup('shared', []);
    expect(await run({ ...newDatabase, subnetGroupName: 'shared' })).toMatchObject({
      subnetGroupName: 'shared',
    });
    expect([...databases.subnetGroups.keys()]).toEqual(['its-own', 'shared']);
  });

  it.each([
    ['is not there', null, 'DatabaseFailed', 'There is no DB subnet group shared.'],
    ['is in another VPC', 'vpc-0fedcba9876543210', 'Conflict', 'is in vpc-0fedcba9876543210'],
  ])('refuses a subnet group that %s', async (_name, VpcId, name, message) => {
    const { run, addSubnetGroup, own } = await databaseNetwork();
    if (VpcId !== null) addSubnetGroup('shared', [], VpcId);
    await expect(run({ ...newDatabase, subnetGroupName: 'shared' })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(own()).toBeUndefined();
  });

  it('waits where RDS has the subnet group and does not show it yet', async () => {
    const { run, disturb, world } = await databaseNetwork();
    disturb(async (call, answer) => {
      if (call.operation === 'CreateDBSubnetGroup') await answer();
      if (call.operation !== 'DescribeDBSubnetGroups') return answer();
      return { DBSubnetGroups: [] };
    });
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'NotReady' });
    disturb((_call, answer) => answer());
    expect(await run(newDatabase)).toMatchObject({ subnetGroupName: 'forestbridge-orders' });
    expect((await world()).subnetGroups.size).toBe(2);
  });
});
