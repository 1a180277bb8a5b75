import { describe, expect, it } from 'vitest';
import { routePublicAddresses } from '../../../functions/directory/route-public-addresses.ts';
import { asking, blocks, entryOf, input, route } from '../../support/ip-routes.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { directoryId, trustAccount } from '../../support/trust-account.ts';

describe('route-public-addresses', () => {
  it.each([
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.7.0/24'], ['10.1.1.1', '172.31.0.9'], []],
    [['172.32.0.0/16'], ['172.32.0.10'], ['172.32.0.0/16']],
    [['172.0.0.0/8'], ['172.16.0.10'], ['172.0.0.0/8']],
    [['100.64.0.0/10', '192.0.0.0/8'], ['192.168.0.1'], ['100.64.0.0/10', '192.0.0.0/8']],
    [['198.51.100.0/24', '198.51.100.0/25'], ['198.51.100.200'], ['198.51.100.0/24']],
    [['203.0.113.5/32'], ['203.0.113.5', '203.0.113.5'], ['203.0.113.5/32']],
  ])('routes of %j and %j what is public, each once', async (networks, addresses, routes) => {
    const { settle, directory } = await trustAccount();

    await expect(settle(routePublicAddresses, asking(networks, addresses))).resolves.toEqual({ routes });

    expect(directory.ipRoutes.map(({ cidr }) => cidr)).toEqual(routes);
  });

  it('calls nothing where everything is private', async () => {
    const { run, calls } = await trustAccount();

    await expect(run(routePublicAddresses, asking(['10.0.0.0/8'], ['10.1.1.1']))).resolves.toEqual({
      routes: [],
    });

    expect(calls).toEqual([]);
  });

  it('asks for all in one call that leaves the security group alone, after the ledger knows', async () => {
    const { run, disturb, calls, directory, entries } = await trustAccount();
    const asked: unknown[] = [];
    disturb((call, answer) => {
      if (call.operation === 'AddIpRoutes') asked.push(call.input);
      return answer();
    });

    await expect(run(routePublicAddresses, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The directory ${directoryId} is adding the IP routes ${blocks.join(', ')}.`,
    });

    expect(calls).toEqual([
      'dynamodb:GetItem',
      'ds:ListIpRoutes',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'ds:AddIpRoutes',
    ]);
    expect(asked).toEqual([
      {
        DirectoryId: directoryId,
        IpRoutes: blocks.map((CidrIp) => ({ CidrIp, Description: 'forestbridge orders' })),
        UpdateSecurityGroupForDirectoryControllers: false,
      },
    ]);
    expect(directory.ipRoutes).toHaveLength(2);
    expect(await entries()).toEqual(Object.fromEntries(blocks.map((block) => [entryOf(block), null])));
  });

  it('waits until all are added, then says where they are, and writes nothing more', async () => {
    const { run, seconds, disturb, calls, entries } = await trustAccount();
    await run(routePublicAddresses, input).catch(() => {});

    await expect(run(routePublicAddresses, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('the route 198.51.100.0/24 is Adding'),
    });

    await seconds(60);
    await expect(run(routePublicAddresses, input)).resolves.toEqual({ routes: blocks });
    expect(await entries()).toEqual(Object.fromEntries(blocks.map((block) => [entryOf(block), directoryId])));
    disturb();
    await run(routePublicAddresses, input);
    expect(calls).toEqual(['dynamodb:GetItem', 'ds:ListIpRoutes', 'dynamodb:GetItem', 'dynamodb:GetItem']);
  });

  it('reads every page', async () => {
    const { run, directory, disturb, calls } = await trustAccount();
    directory.ipRoutes.push(...blocks.map((block) => route(block)));
    disturb((call, answer) => {
      if (call.operation === 'ListIpRoutes') Object.assign(Object(call.input), { Limit: 1 });
      return answer();
    });

    await expect(run(routePublicAddresses, input)).resolves.toEqual({ routes: blocks });

    expect(calls.filter((call) => call === 'ds:ListIpRoutes')).toHaveLength(2);
  });

  it.each(Object.entries(mishaps))(
    'adds each route once at %s, wherever it happens',
    async (_name, mishap) => {
      const whole = await trustAccount();
      await whole.settle(routePublicAddresses, input, 60);
      const positions = positionsOf(whole.calls, mishap);
      const entries = await whole.entries();

      for (const position of positions) {
        const account = await trustAccount();
        account.disturb(at(position, mishap));
        await account.settle(routePublicAddresses, input, 60);
        account.disturb();
        expect(account.directory.ipRoutes.map(({ cidr }) => cidr)).toEqual(blocks);
        expect(await account.entries()).toEqual(entries);
      }
    },
  );
});
