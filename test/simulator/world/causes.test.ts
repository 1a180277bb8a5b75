import { describe, expect, it } from 'vitest';
import type { TrustDirection } from '../../../simulator/world/directories.ts';
import type { HalfDirection } from '../../../simulator/world/forest.ts';
import {
  companyNetwork,
  domainName,
  onPremises,
  type TrustAccount,
  trustAccount,
} from '../../support/trust-account.ts';

const subnetId = 'subnet-0000000000000000a';
const password = 'S3cret of both halves';
const notContacted = `The specified domain name does not exist or could not be contacted. Name: ${domainName}`;
const accessDenied = 'Access is denied.';

const complements: readonly (readonly [TrustDirection, HalfDirection])[] = [
  ['One-Way: Outgoing', 'Inbound'],
  ['One-Way: Incoming', 'Outbound'],
  ['Two-Way', 'Bidirectional'],
];

const wanted = {
  remoteDomainName: domainName,
  direction: 'One-Way: Outgoing',
  type: 'Forest',
  selectiveAuthentication: false,
  password,
} as const;

/** Two sides that know each other's names, and the company's half. */
const prepare = async (direction: HalfDirection = 'Inbound') => {
  const account = await trustAccount();
  const { world, directory, forest } = account;
  world.trusts.forward(directory, domainName, onPremises.dnsIpAddresses);
  forest.forwarders.set(directory.name, directory.dnsIpAddresses);
  forest.halves.set(directory.name, { direction, type: 'Forest', selectiveAuthentication: false, password });
  return account;
};

/** The directory's half, after five minutes. */
const created = async ({ world, directory, seconds }: TrustAccount, difference: object = {}) => {
  const trust = world.trusts.create(directory, { ...wanted, ...difference });
  await seconds(300);
  return trust;
};

const half = ({ forest, directory }: TrustAccount, difference: object): void => {
  Object.assign(Object(forest.halves.get(directory.name)), difference);
};

const removeRules = ({ world, directory }: TrustAccount, egress: boolean): void => {
  const { rules = [] } = world.network.securityGroups.get(directory.securityGroupId) ?? {};
  world.network.removeRules(
    directory.securityGroupId,
    rules.filter((rule) => rule.egress === egress && rule.peer === companyNetwork).map(({ id }) => id),
  );
};

type Break = (account: TrustAccount) => void;
const closed =
  (port: number): Break =>
  ({ forest }) =>
    void forest.closedPorts.add(port);

/** What keeps the directory from the company: a trust cannot even be made. */
const contactBreaks: readonly (readonly [string, Break])[] = [
  ['no forwarder in AWS', ({ directory }) => directory.forwarders.clear()],
  [
    'a forwarder in AWS to other addresses',
    ({ directory }) => void directory.forwarders.set(domainName, { addresses: ['10.20.0.99'], cached: null }),
  ],
  ['a forwarder in AWS without effect', ({ world }) => void world.causes.broken.add('forwarder-in-aws')],
  ['port 53 closed by the firewall', closed(53)],
  ['port 135 closed by the firewall', closed(135)],
  ['port 389 closed by the firewall', closed(389)],
  ['port 445 closed by the firewall', closed(445)],
  ['the high ports closed by the firewall', closed(49_152)],
  ['no egress rule', (account) => removeRules(account, true)],
  [
    'no route to the company',
    ({ world }) =>
      world.network.route(subnetId, { destination: companyNetwork, target: 'tgw-1', state: 'blackhole' }),
  ],
  [
    'a network ACL that lets nothing through',
    ({ world }) => void Object.assign(world.network.networkAclOf(subnetId), { entries: [] }),
  ],
  ['a domain controller that is down', ({ controller }) => void Object.assign(controller, { up: false })],
  ['no domain controller', ({ forest }) => void forest.domainControllers.splice(0)],
];

/** What keeps the company from the directory. */
const returnBreaks: readonly (readonly [string, Break])[] = [
  ['no forwarder on premises', ({ forest }) => forest.forwarders.clear()],
  [
    'a forwarder on premises to other addresses',
    ({ forest, directory }) => void forest.forwarders.set(directory.name, ['10.0.0.99']),
  ],
  [
    'a forwarder on premises without effect',
    ({ world }) => void world.causes.broken.add('forwarder-on-premises'),
  ],
  ['no ingress rule', (account) => removeRules(account, false)],
];

/** What makes two halves that are no trust. */
const halfBreaks: readonly (readonly [string, Break])[] = [
  ['no half on premises', ({ forest }) => forest.halves.clear()],
  ['a half of another direction', (account) => half(account, { direction: 'Outbound' })],
  ['a half of both directions', (account) => half(account, { direction: 'Bidirectional' })],
  ['a half of another type', (account) => half(account, { type: 'External' })],
  ['a half with another password', (account) => half(account, { password: 'another' })],
  ['a half without effect', ({ world }) => void world.causes.broken.add('half-on-premises')],
  ['a password that is another', ({ world }) => void world.causes.broken.add('trust-password')],
];

describe('a trust', () => {
  it('goes from Creating by Created and Verifying to Verified', async () => {
    const account = await prepare();
    const states: string[] = [];
    const trust = account.world.trusts.create(account.directory, wanted);

    for (let second = 0; second < 300; second += 1) {
      if (states.at(-1) !== trust.state) states.push(trust.state);
      await account.seconds(1);
    }

    expect(states).toEqual(['Creating', 'Created', 'Verifying', 'Verified']);
    expect(trust.reason).toBeNull();
    expect(trust.changedAt).toBeGreaterThan(trust.createdAt);
  });

  it.each(complements)('%s is complete with a half %s', async (direction, halfDirection) => {
    const account = await prepare(halfDirection);

    const trust = await created(account, { direction });
    await account.seconds(24 * 3600);

    expect(trust).toMatchObject({
      state: direction === 'One-Way: Incoming' ? 'Created' : 'Verified',
      reason: null,
    });
  });

  it('of type External is complete with such a half', async () => {
    const account = await prepare();
    half(account, { type: 'External' });

    await expect(created(account, { type: 'External' })).resolves.toMatchObject({ state: 'Verified' });
  });

  it.each(contactBreaks)('cannot be made with %s', async (_what, breakIt) => {
    const account = await prepare();
    breakIt(account);

    await expect(created(account)).resolves.toMatchObject({ state: 'Failed', reason: notContacted });
  });

  it('cannot be made with a domain that is none', async () => {
    const account = await prepare();

    await expect(created(account, { remoteDomainName: 'nobody.example.com' })).resolves.toMatchObject({
      state: 'Failed',
      reason: expect.stringMatching(/could not be contacted\. Name: nobody\.example\.com$/),
    });
  });

  it('cannot be made where AWS does not perform it', async () => {
    const account = await prepare();
    account.world.causes.broken.add('half-in-aws');

    await expect(created(account)).resolves.toMatchObject({
      state: 'Failed',
      reason: 'The operation could not be performed on this domain.',
    });
  });

  it.each([
    ...returnBreaks.map(([what, breakIt]) => [what, breakIt, notContacted] as const),
    ...halfBreaks.map(([what, breakIt]) => [what, breakIt, accessDenied] as const),
  ])('is made and not verified with %s', async (_what, breakIt, reason) => {
    const account = await prepare();
    breakIt(account);

    await expect(created(account)).resolves.toMatchObject({ state: 'VerifyFailed', reason });
  });

  it.each([
    ...contactBreaks.map(([what, breakIt]) => [what, breakIt, notContacted] as const),
    ...returnBreaks.map(([what, breakIt]) => [what, breakIt, notContacted] as const),
    ...halfBreaks.map(([what, breakIt]) => [what, breakIt, accessDenied] as const),
  ])('that was verified is no more, once it has %s', async (_what, breakIt, reason) => {
    const account = await prepare();
    const trust = await created(account);
    breakIt(account);

    account.world.trusts.verify(account.directory, trust);
    expect(trust).toMatchObject({ state: 'Verifying', reason: null });
    await account.seconds(60);

    expect(trust).toMatchObject({ state: 'VerifyFailed', reason });
  });

  it('is verified again once what was broken is mended', async () => {
    const account = await prepare();
    account.forest.closedPorts.add(445);
    const trust = await created(account);
    account.forest.closedPorts.clear();
    const again = await created(account);

    expect(trust.state).toBe('Failed');
    expect(again.state).toBe('Verified');
  });

  it.each([88, 464, 636])('is verified without port %i', async (port) => {
    const account = await prepare();
    account.forest.closedPorts.add(port);

    await expect(created(account)).resolves.toMatchObject({ state: 'Verified' });
  });

  it('needs one DNS server and one domain controller that answer, not all', async () => {
    const account = await prepare();
    const { forest, directory, world, controller } = account;
    world.trusts.forward(directory, domainName, ['10.20.0.99', '10.20.0.11']);
    forest.domainControllers.unshift({ ...controller, managedNodeId: 'mi-0a1b2c3d4e5f60719', up: false });
    await account.seconds(301);

    await expect(created(account)).resolves.toMatchObject({ state: 'Verified' });
  });

  it('is gone some time after it was deleted, its forwarder only where that is asked for', async () => {
    const account = await prepare();
    const { world, directory } = account;
    const [one, other] = [await created(account), await created(account)];

    world.trusts.delete(directory, one, false);
    expect(one.state).toBe('Deleting');
    await account.seconds(60);
    expect(directory.trusts).toEqual([other]);
    expect(directory.forwarders.size).toBe(1);

    world.trusts.delete(directory, other, true);
    await account.seconds(60);
    expect(directory.trusts).toEqual([]);
    expect(directory.forwarders.size).toBe(0);
  });

  it.each([0, 61, 65])('that is deleted after %i seconds comes to no other state', async (later) => {
    const account = await prepare();
    const trust = account.world.trusts.create(account.directory, wanted);
    await account.seconds(later);

    account.world.trusts.delete(account.directory, trust, false);
    await account.seconds(300);

    expect(trust.state).toBe('Deleting');
  });
});

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
