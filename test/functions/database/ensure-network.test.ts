import { describe, expect, it } from 'vitest';
import {
  databaseNetwork,
  elsewhere,
  newDatabase,
  outside,
  sql,
  subnets,
  vpc,
} from '../../support/database-network.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

describe('ensure-network', () => {
  it('makes a subnet group and a security group, and enters both', async () => {
    const { run, own, databases, ledger } = await databaseNetwork();
    const group = await run(newDatabase).then(own);
    expect(await run(newDatabase)).toEqual({
      subnetGroupName: 'forestbridge-orders',
      securityGroupIds: [group?.id],
    });
    expect(group).toMatchObject({ vpcId: vpc, tags: { team: 'orders', 'forestbridge:request': 'orders' } });
    expect(databases.subnetGroups.get('forestbridge-orders')).toMatchObject({
      subnetIds: subnets,
      tags: new Map([
        ['team', 'orders'],
        ['forestbridge:request', 'orders'],
      ]),
    });
    expect(await ledger.all()).toMatchObject([
      { item: 'made#security-group#forestbridge-orders', id: group?.id },
      { item: 'made#subnet-group#forestbridge-orders', id: 'forestbridge-orders' },
    ]);
  });

  it('lets in who may, at its port, and out to the directory alone', async () => {
    const { run, own, network, login } = await databaseNetwork();
    await run(newDatabase);
    const rules = own()?.rules ?? [];
    const ingress = rules.filter(({ egress }) => !egress);
    expect(ingress.map(({ protocol, fromPort, toPort, peer }) => [protocol, fromPort, toPort, peer])).toEqual(
      [
        ['tcp', 1433, 1433, '10.1.0.0/16'],
        ['tcp', 1433, 1433, '10.2.0.0/16'],
        ['tcp', 1433, 1433, login.id],
      ],
    );
    const egress = rules.filter((each) => each.egress);
    expect(new Set(egress.map(({ peer }) => peer))).toEqual(new Set(['10.0.2.0/24', '10.0.3.0/24']));
    expect(egress).toHaveLength(28);
    expect(new Set(rules.map(({ description }) => description))).toEqual(new Set(['forestbridge orders']));
    expect(network.securityGroups.get(login.id)?.rules).toHaveLength(1);
  });

  it('is reached by them, and reaches the directory', async () => {
    const { run, own, network, loginFunction, database } = await databaseNetwork();
    await run(newDatabase);
    const instance = database([own()?.id ?? '']);
    const controller = { ...outside('10.0.2.10') };
    expect(network.reaches(loginFunction, instance, sql)).toBe(true);
    expect(network.reaches(outside('10.1.9.9'), instance, sql)).toBe(true);
    expect(network.reaches(outside('10.3.9.9'), instance, sql)).toContain('no ingress rule');
    expect(network.reaches(instance, controller, { protocol: 'udp', port: 88 })).toBe(true);
    expect(network.reaches(instance, outside('10.1.9.9'), { protocol: 'udp', port: 88 })).toContain(
      'no egress rule',
    );
  });

  it('is let be reached by the login function even before there are logins', async () => {
    const { run, own, network, loginFunction, database } = await databaseNetwork();
    await run({ ...newDatabase, windowsLogins: [] });
    expect(network.reaches(loginFunction, database([own()?.id ?? '']), sql)).toBe(true);
  });

  it('writes nothing where everything is there', async () => {
    const { run, world, disturb, calls } = await databaseNetwork();
    await run(newDatabase);
    const before = await world();
    disturb((_call, answer) => answer());
    await run(newDatabase);
    expect(calls.filter((call) => !/Describe|GetItem|ListTags/.test(call))).toEqual([]);
    expect(await world()).toEqual(before);
  });

  it.each(Object.entries(mishaps))('leaves one of everything: %s at any call', async (_name, mishap) => {
    const whole = await databaseNetwork();
    await whole.run(newDatabase);
    const positions = positionsOf(whole.calls, mishap);
    const expected = await whole.world();
    for (const position of positions) {
      const { disturb, run, world } = await databaseNetwork();
      disturb(at(position, mishap));
      await run(newDatabase).catch((error: unknown) =>
        expect(error).toMatchObject({ name: mishap === mishaps.carriedOutTwice ? 'NotReady' : 'Throttled' }),
      );
      await run(newDatabase);
      expect(await world()).toEqual(expected);
    }
    expect(positions.length).toBeGreaterThan(6);
  });

  it('refuses subnets of several VPCs', async () => {
    const { run, world } = await databaseNetwork();
    const before = await world();
    await expect(run({ ...newDatabase, subnetIds: [...subnets, elsewhere] })).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining(`${vpc}, vpc-0fedcba9876543210`),
    });
    expect(await world()).toEqual(before);
  });

  it('waits where EC2 does not show the subnets', async () => {
    const { run, world, disturb } = await databaseNetwork();
    const before = await world();
    disturb(async (call, answer) => (call.operation === 'DescribeSubnets' ? {} : answer()));
    await expect(run(newDatabase)).rejects.toMatchObject({
      name: 'NotReady',
      message: 'EC2 does not show the subnets of the database orders yet.',
    });
    expect(await world()).toEqual(before);
  });

  it('names the subnet that is not there', async () => {
    const { run } = await databaseNetwork();
    const missing = 'subnet-0000000000000000f';
    await expect(run({ ...newDatabase, subnetIds: [...subnets, missing] })).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining(missing),
    });
  });
});
