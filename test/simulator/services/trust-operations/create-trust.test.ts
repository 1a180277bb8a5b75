import { describe, expect, it } from 'vitest';
import { directoryId, domainName } from '../../../support/company.ts';
import { start } from '../../../support/company-account.ts';
import { contactless, states, trustingAccount } from '../../../support/trusting-account.ts';

describe('a new trust', () => {
  it('is shown with everything that AWS tells of one', async () => {
    const { create, show } = trustingAccount();
    const TrustId = await create({ RemoteDomainName: 'CORP.example.com.', SelectiveAuth: 'Enabled' });

    expect(TrustId).toMatch(/^t-[0-9a-f]{10}$/);
    expect(await show(TrustId)).toEqual({
      DirectoryId: directoryId,
      TrustId,
      RemoteDomainName: domainName,
      TrustType: 'Forest',
      TrustDirection: 'One-Way: Outgoing',
      TrustState: 'Creating',
      CreatedDateTime: new Date(start),
      LastUpdatedDateTime: new Date(start),
      StateLastUpdatedDateTime: new Date(start),
      SelectiveAuth: 'Enabled',
    });
  });

  it.each([
    ['One-Way: Outgoing', 'Inbound', ['Creating', 'Created', 'Verifying', 'Verified']],
    ['Two-Way', 'Bidirectional', ['Creating', 'Created', 'Verifying', 'Verified']],
    ['One-Way: Incoming', 'Outbound', ['Creating', 'Created']],
  ] as const)('that is %s goes its way within minutes', async (TrustDirection, direction, way) => {
    const account = trustingAccount({ direction });
    const id = await account.create({ TrustDirection });

    expect(await states(account)).toEqual(way);
    const trust = await account.show(id);
    expect(trust).toMatchObject({ TrustState: way.at(-1), SelectiveAuth: 'Disabled' });
    expect(trust).not.toHaveProperty('TrustStateReason');
    expect(Number(trust?.StateLastUpdatedDateTime)).toBeGreaterThan(start);
  });

  it.each([
    ['another password', { password: 'Another-1' }],
    ['another type', { type: 'External' }],
    ['another direction', { direction: 'Outbound' }],
    ['no half', null],
  ] as const)('fails to verify with %s on premises', async (_what, half) => {
    const account = trustingAccount(half);
    const id = await account.create();

    expect(await states(account)).toEqual(['Creating', 'Created', 'Verifying', 'VerifyFailed']);
    await expect(account.show(id)).resolves.toMatchObject({ TrustStateReason: 'Access is denied.' });
  });

  it('fails where the company cannot be contacted', async () => {
    const account = trustingAccount();
    const id = await account.create({ ConditionalForwarderIpAddrs: undefined });

    expect(await states(account)).toEqual(['Creating', 'Failed']);
    await expect(account.show(id)).resolves.toMatchObject({ TrustStateReason: contactless });
  });

  it('fails where AWS cannot make it', async () => {
    const account = trustingAccount();
    account.world.causes.broken.add('half-in-aws');
    const id = await account.create();

    expect(await states(account)).toEqual(['Creating', 'Failed']);
    await expect(account.show(id)).resolves.toMatchObject({
      TrustStateReason: 'The operation could not be performed on this domain.',
    });
  });

  it.each([
    ['EntityDoesNotExistException', { DirectoryId: 'd-0000000000' }],
    ['ValidationException', { RemoteDomainName: 'corp' }],
    ['ValidationException', { TrustPassword: '' }],
    ['ValidationException', { TrustPassword: 'a\ttabulator' }],
    ['ValidationException', { ConditionalForwarderIpAddrs: ['dns.corp.example.com'] }],
  ])('is refused by %s for %j', async (name, difference) => {
    const { create, directory } = trustingAccount();

    await expect(create(difference)).rejects.toMatchObject({ name });
    expect([directory.trusts, [...directory.forwarders]]).toEqual([[], []]);
  });

  it('is the only one with its domain, and leaves the forwarder of the first one alone', async () => {
    const { create, directory } = trustingAccount();
    await create();

    await expect(
      create({ TrustType: 'External', ConditionalForwarderIpAddrs: ['10.20.0.99'] }),
    ).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
    expect(directory.trusts).toMatchObject([{ type: 'Forest' }]);
    expect(directory.forwarders.get(domainName)?.addresses).toEqual(['10.20.0.10']);
  });

  it('needs an Active directory', async () => {
    const { create, directory } = trustingAccount();
    directory.stage = 'Creating';

    await expect(create()).rejects.toMatchObject({ name: 'DirectoryUnavailableException' });
  });
});
