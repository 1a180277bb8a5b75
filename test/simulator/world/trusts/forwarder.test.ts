import { describe, expect, it } from 'vitest';
import { domainName } from '../../../support/trust-account.ts';
import { prepare, subnetId } from '../../../support/trust-halves.ts';

describe('a forwarder in AWS', () => {
  it('that was changed is used after five minutes', async () => {
    const account = await prepare();
    const { world, directory, seconds } = account;
    const why = () => world.causes.whyNotContacted(directory, domainName);
    directory.forwarders.clear();
    world.trusts.forward(directory, domainName, ['10.20.0.99']);
    expect(why()).toMatch(/10\.20\.0\.99 are no DNS servers/);

    world.trusts.forward(directory, domainName, ['10.20.0.10']);
    await seconds(299);
    expect(why()).toMatch(/10\.20\.0\.99 are no DNS servers/);
    await seconds(1);

    expect(why()).toBeNull();
  });

  it('to public addresses needs an IP route that is Added', async () => {
    const account = await prepare();
    const { world, directory, forest, controller } = account;
    const why = () => world.causes.whyNotContacted(directory, domainName);
    const open = (peer: string) =>
      world.network.addRules(directory.securityGroupId, [
        { egress: true, protocol: '-1', fromPort: -1, toPort: -1, peer, description: null },
      ]);
    const server = '203.0.113.10';
    Object.assign(forest, { dnsIpAddresses: [server] });
    directory.forwarders.set(domainName, { addresses: [server], cached: null });
    world.network.route(subnetId, { destination: '203.0.113.0/24', target: 'tgw-1', state: 'active' });
    open('203.0.113.0/24');
    expect(why()).toBe(`the directory has no IP route to ${server}`);

    const route = { cidr: '203.0.113.0/24', description: '', addedAt: 0, status: 'Adding' as const };
    directory.ipRoutes.push(route);
    expect(why()).toBe(`the directory has no IP route to ${server}`);
    Object.assign(route, { status: 'Added' });
    expect(why()).toBeNull();

    Object.assign(controller, { address: '198.51.100.5' });
    expect(why()).toBe('the directory has no IP route to 198.51.100.5');
  });
});
