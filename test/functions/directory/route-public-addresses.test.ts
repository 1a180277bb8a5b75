import { describe, expect, it } from 'vitest';
import { routePublicAddresses } from '../../../functions/directory/route-public-addresses.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { IpRoute } from '../../../simulator/world/directories.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { directoryId, trustAccount } from '../../support/trust-account.ts';

const asking = (networks: readonly string[], dnsIpAddresses: readonly string[]) => ({
  directory: { directoryId },
  onPremises: { networks, dnsIpAddresses },
});
const input = asking(['10.20.0.0/16', '198.51.100.0/24'], ['198.51.100.10', '203.0.113.5']);
const blocks = ['198.51.100.0/24', '203.0.113.5/32'];

const entryOf = (block: string, of = directoryId): string => `ip-route#${of}/${block}`;

const route = (cidr: string, status: IpRoute['status'] = 'Added'): IpRoute => ({
  cidr,
  description: 'by hand',
  addedAt: 0,
  status,
});

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

  it('adds only what no route covers, and does not take over what others made', async () => {
    const { settle, directory, entries } = await trustAccount();
    directory.ipRoutes.push(route('198.0.0.0/8'));

    await expect(settle(routePublicAddresses, input)).resolves.toEqual({ routes: blocks });

    expect(directory.ipRoutes.map(({ cidr }) => cidr)).toEqual(['198.0.0.0/8', '203.0.113.5/32']);
    expect(await entries()).toEqual({ [entryOf('203.0.113.5/32')]: directoryId });
  });

  it('tells the routes of one directory from those of another that the request had before', async () => {
    const { settle, ledger, entries } = await trustAccount();
    const before = 'd-0987654321';
    await ledger.making('ip-route', `${before}/203.0.113.5/32`);
    await ledger.made('ip-route', `${before}/203.0.113.5/32`, before);

    await settle(routePublicAddresses, input);

    expect(await entries()).toEqual({
      [entryOf('203.0.113.5/32', before)]: before,
      ...Object.fromEntries(blocks.map((block) => [entryOf(block), directoryId])),
    });
  });

  it('takes no route for its own that somebody else made after AWS refused to', async () => {
    const { settle, run, directory, entries, answering, disturb } = await trustAccount();
    answering('AddIpRoutes', new ServiceError('IpRouteLimitExceededException', 'No room.'));
    await expect(run(routePublicAddresses, input)).rejects.toMatchObject({ name: 'DirectoryFailed' });
    expect(Object.keys(await entries())).toEqual(blocks.map((block) => entryOf(block)));
    disturb();
    directory.ipRoutes.push(...blocks.map((block) => route(block)));

    await expect(settle(routePublicAddresses, input)).resolves.toEqual({ routes: blocks });

    expect(await entries()).toEqual({});
  });

  it('enters a route anew that was removed by hand', async () => {
    const { settle, run, directory, entries } = await trustAccount();
    await settle(routePublicAddresses, input);
    directory.ipRoutes.length = 0;

    await expect(run(routePublicAddresses, input)).rejects.toMatchObject({ name: 'NotReady' });

    expect(await entries()).toEqual(Object.fromEntries(blocks.map((block) => [entryOf(block), null])));
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

  it('counts a working route even where a narrower one failed, and no route of IPv6', async () => {
    const { run, answering } = await trustAccount();
    answering('ListIpRoutes', {
      IpRoutesInfo: [
        { CidrIpv6: '2001:db8::/32', IpRouteStatusMsg: 'AddFailed' },
        { CidrIp: '198.51.100.0/24', IpRouteStatusMsg: 'AddFailed' },
        { CidrIp: '198.0.0.0/8', IpRouteStatusMsg: 'Added' },
        { CidrIp: '203.0.113.5/32', IpRouteStatusMsg: 'Added' },
      ],
    });

    await expect(run(routePublicAddresses, input)).resolves.toEqual({ routes: blocks });
  });

  it.each([
    [
      'AddFailed',
      'No room.',
      'DirectoryFailed',
      /198\.51\.100\.0\/24 of the directory d-1234567890 is AddFailed. AWS: No room. Remove/,
    ],
    ['RemoveFailed', undefined, 'DirectoryFailed', /is RemoveFailed. AWS: no reason given/],
    ['Removing', undefined, 'NotReady', /the route 198\.51\.100\.0\/24 is Removing/],
    [undefined, undefined, 'NotReady', /the route 198\.51\.100\.0\/24 is Adding/],
  ])('judges a route that is %s', async (IpRouteStatusMsg, IpRouteStatusReason, name, message) => {
    const { run, answering } = await trustAccount();
    const [first, second] = blocks;
    answering('ListIpRoutes', {
      IpRoutesInfo: [
        { CidrIp: second, IpRouteStatusMsg: 'Added' },
        { CidrIp: first, IpRouteStatusMsg, IpRouteStatusReason },
      ],
    });

    await expect(run(routePublicAddresses, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['DirectoryUnavailableException', 'NotReady', /busy at the moment: Not that./],
    ['EntityAlreadyExistsException', 'NotReady', /is adding the IP routes/],
    [
      'IpRouteLimitExceededException',
      'DirectoryFailed',
      /no room for the IP routes 198.*Not that. Remove IP routes/,
    ],
    ['InvalidParameterException', 'DirectoryFailed', /InvalidParameterException: Not that./],
  ])('names what AddIpRoutes refuses by %s', async (code, name, message) => {
    const { run, answering } = await trustAccount();
    answering('AddIpRoutes', new ServiceError(code, 'Not that.'));

    await expect(run(routePublicAddresses, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('starts from none where AWS lists nothing', async () => {
    const { run, answering, directory } = await trustAccount();
    answering('ListIpRoutes', {});

    await expect(run(routePublicAddresses, input)).rejects.toMatchObject({ name: 'NotReady' });

    expect(directory.ipRoutes).toHaveLength(2);
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
