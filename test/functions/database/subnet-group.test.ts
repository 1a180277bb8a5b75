import { describe, expect, it } from 'vitest';
import { databaseNetwork, elsewhere, newDatabase, subnets } from '../../support/database-network.ts';
import { mishaps } from '../../support/mishaps.ts';

const name = 'forestbridge-orders';
const third = 'subnet-0000000000000000c';
const ours = new Map([['forestbridge:request', 'orders']]);

describe('the DB subnet group of a new database', () => {
  it('adopts a subnet group of its name and of the same subnets', async () => {
    const { run, addSubnetGroup, ledger, calls } = await databaseNetwork();
    addSubnetGroup(name, subnets.toReversed());
    expect(await run(newDatabase)).toMatchObject({ subnetGroupName: name });
    expect(await ledger.find('subnet-group', name)).toBeUndefined();
    expect(calls).not.toContain('rds:ListTagsForResource');
  });

  it('asks for no tags of one that it has just made', async () => {
    const { run, ledger, calls } = await databaseNetwork();
    await run(newDatabase);
    expect(await ledger.find('subnet-group', name)).toMatchObject({ id: name });
    expect(calls).not.toContain('rds:ListTagsForResource');
  });

  it('takes one that it had begun for its own by its tag, and enters that once', async () => {
    const { run, addSubnetGroup, ledger, calls } = await databaseNetwork();
    await ledger.making('subnet-group', name);
    addSubnetGroup(name, subnets, ours);
    await run(newDatabase);
    expect(await ledger.find('subnet-group', name)).toMatchObject({ id: name });
    const before = calls.filter((call) => call === 'dynamodb:UpdateItem').length;
    await run(newDatabase);
    expect(calls.filter((call) => call === 'dynamodb:UpdateItem')).toHaveLength(before);
  });

  it.each<[string, ReadonlyMap<string, string>]>([
    ['has no tags', new Map()],
    ['is another request’s', new Map([['forestbridge:request', 'billing']])],
  ])('does not take one for its own that %s, though it had begun one', async (_name, tags) => {
    const { run, addSubnetGroup, ledger } = await databaseNetwork();
    await ledger.making('subnet-group', name);
    addSubnetGroup(name, subnets, tags);
    expect(await run(newDatabase)).toMatchObject({ subnetGroupName: name });
    expect(await ledger.find('subnet-group', name)).toBeUndefined();
  });

  it('does not take one for its own whose tags RDS does not show', async () => {
    const { run, addSubnetGroup, ledger, disturb } = await databaseNetwork();
    await ledger.making('subnet-group', name);
    addSubnetGroup(name, subnets, ours);
    disturb(async (call, answer) => (call.operation === 'ListTagsForResource' ? {} : answer()));
    await run(newDatabase);
    expect(await ledger.find('subnet-group', name)).toBeUndefined();
  });

  it('does not take one for its own that took the place of its own', async () => {
    const { run, addSubnetGroup, ledger, databases, disturb } = await databaseNetwork();
    await run(newDatabase);
    databases.subnetGroups.delete(name);
    disturb((call, answer) =>
      call.operation === 'CreateDBSubnetGroup' ? mishaps.callLost(call, answer) : answer(),
    );
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await ledger.find('subnet-group', name)).not.toHaveProperty('id');
    addSubnetGroup(name, subnets);
    await run(newDatabase);
    expect(await ledger.find('subnet-group', name)).toBeUndefined();
  });

  it.each([
    ['DescribeDBSubnetGroups', { DBSubnetGroups: [{}] }],
    ['DescribeDBSubnetGroups', { DBSubnetGroups: [{ Subnets: [{}] }] }],
    ['CreateDBSubnetGroup', {}],
  ])('refuses one that %s shows without subnets: %j', async (operation, given) => {
    const { run, disturb } = await databaseNetwork();
    disturb(async (call, answer) => (call.operation === operation ? given : answer()));
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('refuses one of other subnets', async () => {
    const { run, addSubnetGroup } = await databaseNetwork();
    addSubnetGroup(name, subnets.slice(0, 1));
    await expect(run(newDatabase)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${subnets[0]} instead of ${subnets.join(', ')}`),
    });
  });

  it.each([
    ['all', subnets],
    ['one', subnets.slice(1)],
  ])('uses a subnet group that the request names, of %s of its subnets', async (_count, some) => {
    const { run, addSubnetGroup, databases } = await databaseNetwork();
    addSubnetGroup('shared', some);
    expect(await run({ ...newDatabase, subnetGroupName: 'shared' })).toMatchObject({
      subnetGroupName: 'shared',
    });
    expect([...databases.subnetGroups.keys()]).toEqual(['its-own', 'shared']);
  });

  it.each([
    ['is not there', null, 'DatabaseFailed', 'There is no DB subnet group shared. Create it,'],
    [
      'has other subnets besides',
      [...subnets, third, elsewhere],
      'Conflict',
      `The DB subnet group shared has subnets that the request does not name: ${third}, ${elsewhere}. Name`,
    ],
    ['is in another VPC', [elsewhere], 'Conflict', `does not name: ${elsewhere}. Name`],
  ])('refuses a subnet group that %s', async (_name, its, errorName, message) => {
    const { run, addSubnetGroup, own } = await databaseNetwork();
    if (its !== null) addSubnetGroup('shared', its);
    await expect(run({ ...newDatabase, subnetGroupName: 'shared' })).rejects.toMatchObject({
      name: errorName,
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
    expect(await run(newDatabase)).toMatchObject({ subnetGroupName: name });
    expect((await world()).subnetGroups.size).toBe(2);
  });
});
