import { describe, expect, it } from 'vitest';
import { routePublicAddresses } from '../../../functions/directory/route-public-addresses.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { blocks, input } from '../../support/ip-routes.ts';
import { trustAccount } from '../../support/trust-account.ts';

describe('route-public-addresses, by what AWS answers,', () => {
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
});
