import { describe, expect, it } from 'vitest';
import { routePublicAddresses } from '../../../functions/directory/route-public-addresses.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { blocks, entryOf, input, route } from '../../support/ip-routes.ts';
import { directoryId, trustAccount } from '../../support/trust-account.ts';

describe('route-public-addresses, by whose routes they are,', () => {
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
});
