import { describe, expect, it } from 'vitest';
import { databaseNetwork, existingDatabase, newDatabase, rule, vpc } from '../../support/database-network.ts';
import { mishaps } from '../../support/mishaps.ts';

describe('security groups that the request names', () => {
  it('uses them, and opens there what the request asks for', async () => {
    const { run, own, given, login, ledger, network } = await databaseNetwork();
    const second = network.addSecurityGroup(vpc, 'second', 'Another');
    network.addRules(second.id, [rule({ peer: '10.0.0.0/8' })]);
    const securityGroupIds = [given.id, second.id];
    expect(await run({ ...newDatabase, securityGroupIds })).toMatchObject({ securityGroupIds });
    expect(own()).toBeUndefined();
    const added = given.rules.slice(1);
    expect(added).toMatchObject([
      { egress: false, fromPort: 1433, peer: login.id, description: 'forestbridge orders' },
    ]);
    expect(second.rules).toHaveLength(2);
    expect(await ledger.find('security-group-rule', `${given.id}/ingress`)).toMatchObject({
      id: added[0]?.id,
    });
  });

  it('opens them for the allowed networks alone where there are no logins', async () => {
    const { run, given } = await databaseNetwork();
    await run({ ...newDatabase, securityGroupIds: [given.id], windowsLogins: [] });
    expect(given.rules.slice(1).map(({ peer }) => peer)).toEqual(newDatabase.allowedNetworks);
  });

  it('enters for each group what it opened there', async () => {
    const { run, given, network, ledger } = await databaseNetwork();
    const second = network.addSecurityGroup(vpc, 'second', 'Another');
    await run({ ...newDatabase, securityGroupIds: [given.id] });
    const allowedNetworks = [...newDatabase.allowedNetworks, '10.3.0.0/16'];
    await run({ ...newDatabase, allowedNetworks, securityGroupIds: [second.id, given.id] });
    expect(second.rules.slice(1).map(({ peer }) => peer)).toEqual(['10.3.0.0/16']);
    expect(await ledger.find('security-group-rule', `${second.id}/ingress`)).toMatchObject({
      id: second.rules[1]?.id,
    });
  });

  it('refuses one of another VPC', async () => {
    const { run, network } = await databaseNetwork();
    const other = network.addSecurityGroup('vpc-0fedcba9876543210', 'other', 'Elsewhere');
    await expect(run({ ...newDatabase, securityGroupIds: [other.id] })).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`The security group ${other.id} is in vpc-0fedcba9876543210`),
    });
  });

  it('takes one that EC2 does not show for one of that VPC', async () => {
    const { run, given, disturb } = await databaseNetwork();
    disturb(async (call, answer) => (call.operation === 'DescribeSecurityGroups' ? {} : answer()));
    expect(await run({ ...newDatabase, securityGroupIds: [given.id] })).toMatchObject({
      securityGroupIds: [given.id],
    });
  });

  it('names one that is not there', async () => {
    const { run } = await databaseNetwork();
    await expect(run({ ...newDatabase, securityGroupIds: ['sg-0123456789abcdef0'] })).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining('sg-0123456789abcdef0'),
    });
  });
});

describe('an existing instance', () => {
  it('gets one rule for the login function, entered in the ledger', async () => {
    const { run, given, login, ledger, world } = await databaseNetwork();
    const answer = { subnetGroupName: null, securityGroupIds: [given.id] };
    expect(await run(existingDatabase)).toEqual(answer);
    const added = given.rules.slice(1);
    expect(added).toMatchObject([
      { egress: false, protocol: 'tcp', fromPort: 1500, toPort: 1500, peer: login.id },
    ]);
    expect(await ledger.all()).toMatchObject([
      { item: `made#security-group-rule#${given.id}/ingress`, id: added[0]?.id },
    ]);
    const before = await world();
    expect(await run(existingDatabase)).toEqual(answer);
    expect(await world()).toEqual(before);
  });

  it('is opened for the networks that the request names', async () => {
    const { run, given } = await databaseNetwork();
    await run({ ...existingDatabase, allowedNetworks: ['10.1.0.0/16'], windowsLogins: [] });
    expect(given.rules.slice(1).map(({ peer }) => peer)).toEqual(['10.1.0.0/16']);
  });

  it.each([
    ['nobody asks for anything', {}, { windowsLogins: [] }],
    ['the rule is there', { port: 1500 }, {}],
  ])('stays as it is where %s', async (_name, there, change) => {
    const { run, given, login, network, world } = await databaseNetwork();
    if ('port' in there) network.addRules(given.id, [rule({ fromPort: 1500, toPort: 1500, peer: login.id })]);
    const before = await world();
    await run({ ...existingDatabase, ...change });
    expect(await world()).toEqual(before);
  });

  it('has the second call find what the first could not write down', async () => {
    const { run, given, ledger, disturb } = await databaseNetwork();
    disturb((call, answer) => (call.operation === 'UpdateItem' ? mishaps.callLost(call, answer) : answer()));
    await expect(run(existingDatabase)).rejects.toMatchObject({ name: 'Throttled' });
    disturb((_call, answer) => answer());
    await run(existingDatabase);
    expect(await ledger.all()).toMatchObject([{ id: given.rules.at(-1)?.id }]);
  });

  it.each([
    ['has no endpoint yet', { DBInstanceStatus: 'creating' }, 'NotReady', 'its status is creating'],
    ['is shown without anything', {}, 'NotReady', 'its status is unknown'],
    ['is not shown', undefined, 'DatabaseFailed', 'There is no database instance orders'],
    ['is in no security group', { Endpoint: { Port: 1500 } }, 'DatabaseFailed', 'in no VPC security group'],
    [
      'is in a group without an id',
      { Endpoint: { Port: 1500 }, VpcSecurityGroups: [{ Status: 'active' }] },
      'DatabaseFailed',
      'in no VPC security group',
    ],
  ])('fails where the instance %s', async (_name, instance, name, message) => {
    const { run, disturb } = await databaseNetwork();
    disturb(async (call, answer) =>
      call.operation === 'DescribeDBInstances' ? { DBInstances: instance && [instance] } : answer(),
    );
    await expect(run(existingDatabase)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('is not opened through a group that it is about to leave', async () => {
    const { run, given, login, disturb } = await databaseNetwork();
    disturb(async (call, answer) =>
      call.operation === 'DescribeDBInstances'
        ? {
            DBInstances: [
              {
                Endpoint: { Port: 1500 },
                VpcSecurityGroups: [
                  { VpcSecurityGroupId: login.id, Status: 'removing' },
                  { VpcSecurityGroupId: given.id, Status: 'adding' },
                ],
              },
            ],
          }
        : answer(),
    );
    expect(await run(existingDatabase)).toMatchObject({ securityGroupIds: [given.id] });
    expect(login.rules).toHaveLength(1);
  });

  it('names an instance that is not there', async () => {
    const { run } = await databaseNetwork();
    await expect(run({ ...existingDatabase, identifier: 'other' })).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining('There is no database instance other'),
    });
  });
});
