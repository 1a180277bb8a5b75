import {
  CreateTrustCommand,
  type CreateTrustCommandInput,
  DeleteTrustCommand,
  DescribeConditionalForwardersCommand,
  DescribeTrustsCommand,
  UpdateTrustCommand,
  VerifyTrustCommand,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import type { Half } from '../../../simulator/world/forest.ts';
import { directoryId, directoryName, domainName } from '../../support/company.ts';
import { companyAccount, start } from '../../support/company-account.ts';

const password = 'Of-both-halves-1';
const wanted: CreateTrustCommandInput = {
  DirectoryId: directoryId,
  RemoteDomainName: domainName,
  TrustPassword: password,
  TrustDirection: 'One-Way: Outgoing',
  ConditionalForwarderIpAddrs: ['10.20.0.10'],
};
const contactless =
  'The specified domain name does not exist or could not be contacted. Name: corp.example.com';

/** An account whose company has made its half, and forwards the directory's names. */
const prepare = (half: Partial<Half> | null = {}) => {
  const account = companyAccount();
  const { ds, directory, forest } = account;
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  if (half !== null)
    forest.halves.set(directoryName, {
      direction: 'Inbound',
      type: 'Forest',
      selectiveAuthentication: false,
      password,
      ...half,
    });
  return {
    ...account,
    create: async (difference: object = {}): Promise<string> =>
      String((await ds.send(new CreateTrustCommand({ ...wanted, ...difference }))).TrustId),
    show: async (...TrustIds: string[]) =>
      (await ds.send(new DescribeTrustsCommand({ DirectoryId: directoryId, TrustIds }))).Trusts?.[0],
    verify: (TrustId: string) => ds.send(new VerifyTrustCommand({ TrustId })),
    remove: (TrustId: string, more: object = {}) => ds.send(new DeleteTrustCommand({ TrustId, ...more })),
  };
};

type Account = ReturnType<typeof prepare>;

/** The states that a trust goes through within some minutes, each told once. */
const states = async ({ world, seconds }: Account, count = 180): Promise<string[]> => {
  const seen: string[] = [];
  for (let second = 0; second < count; second += 1) {
    const state = world.directories.all[0]?.trusts[0]?.state ?? 'gone';
    if (seen.at(-1) !== state) seen.push(state);
    await seconds(1);
  }
  return seen;
};

describe('a new trust', () => {
  it('is shown with everything that AWS tells of one', async () => {
    const { create, show } = prepare();
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
    const account = prepare({ direction });
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
    const account = prepare(half);
    const id = await account.create();

    expect(await states(account)).toEqual(['Creating', 'Created', 'Verifying', 'VerifyFailed']);
    await expect(account.show(id)).resolves.toMatchObject({ TrustStateReason: 'Access is denied.' });
  });

  it('fails where the company cannot be contacted', async () => {
    const account = prepare();
    const id = await account.create({ ConditionalForwarderIpAddrs: undefined });

    expect(await states(account)).toEqual(['Creating', 'Failed']);
    await expect(account.show(id)).resolves.toMatchObject({ TrustStateReason: contactless });
  });

  it('fails where AWS cannot make it', async () => {
    const account = prepare();
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
    const { create, directory } = prepare();

    await expect(create(difference)).rejects.toMatchObject({ name });
    expect([directory.trusts, [...directory.forwarders]]).toEqual([[], []]);
  });

  it('is the only one with its domain, and leaves the forwarder of the first one alone', async () => {
    const { create, directory } = prepare();
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
    const { create, directory } = prepare();
    directory.stage = 'Creating';

    await expect(create()).rejects.toMatchObject({ name: 'DirectoryUnavailableException' });
  });
});

describe('VerifyTrust', () => {
  it('asks again, and tells the verdict later', async () => {
    const account = prepare(null);
    const id = await account.create();
    await account.minutes(3);
    const before = await account.show(id);
    account.forest.halves.set(directoryName, {
      direction: 'Inbound',
      type: 'Forest',
      selectiveAuthentication: false,
      password,
    });

    await account.verify(id);
    await account.verify(id);

    expect(before).toMatchObject({ TrustState: 'VerifyFailed' });
    const asked = await account.show(id);
    expect(asked).toMatchObject({ TrustState: 'Verifying' });
    expect(asked).not.toHaveProperty('TrustStateReason');
    expect(Number(asked?.StateLastUpdatedDateTime)).toBeGreaterThan(Number(before?.StateLastUpdatedDateTime));
    expect(await states(account)).toEqual(['Verifying', 'Verified']);
  });

  it.each([
    ['an unknown trust', 'EntityDoesNotExistException', 'Verified', 't-0000000000'],
    ['one that is being made', 'InvalidParameterException', 'Creating', undefined],
    ['one that failed', 'InvalidParameterException', 'Failed', undefined],
    ['one that is being deleted', 'InvalidParameterException', 'Deleting', undefined],
  ] as const)('refuses %s', async (_what, name, state, given) => {
    const { create, directory, verify } = prepare();
    const id = await create();
    for (const trust of directory.trusts) trust.state = state;

    await expect(verify(given ?? id)).rejects.toMatchObject({ name });
  });

  it('does not verify an incoming trust', async () => {
    const account = prepare({ direction: 'Outbound' });
    const id = await account.create({ TrustDirection: 'One-Way: Incoming' });
    await account.minutes(3);

    await expect(account.verify(id)).rejects.toMatchObject({ name: 'UnsupportedOperationException' });
    expect((await account.show(id))?.TrustState).toBe('Created');
  });
});

describe('UpdateTrust', () => {
  it.each([
    ['One-Way: Outgoing', 'Inbound', ['Updating', 'Updated', 'Verifying', 'Verified']],
    ['One-Way: Incoming', 'Outbound', ['Updating', 'Updated']],
  ] as const)(
    'changes selective authentication of one that is %s',
    async (TrustDirection, direction, way) => {
      const account = prepare({ direction });
      const id = await account.create({ TrustDirection });
      await account.minutes(3);

      await account.ds.send(new UpdateTrustCommand({ TrustId: id }));
      expect((await account.show(id))?.TrustState).not.toBe('Updating');
      await account.ds.send(new UpdateTrustCommand({ TrustId: id, SelectiveAuth: 'Enabled' }));

      expect((await account.show(id))?.SelectiveAuth).toBe('Disabled');
      expect(await states(account)).toEqual(way);
      expect((await account.show(id))?.SelectiveAuth).toBe('Enabled');
    },
  );
});

describe('DeleteTrust', () => {
  it.each([true, false])(
    'takes the trust away within a minute, the forwarder with it: %s',
    async (withForwarder) => {
      const account = prepare();
      const { ds, create, remove, show } = account;
      const id = await create();
      await account.minutes(3);

      await remove(id, { DeleteAssociatedConditionalForwarder: withForwarder });
      await remove(id);

      expect(await states(account, 70)).toEqual(['Deleting', 'gone']);
      for (const call of [() => show(id), () => remove(id)])
        await expect(call()).rejects.toMatchObject({ name: 'EntityDoesNotExistException' });
      const { ConditionalForwarders } = await ds.send(
        new DescribeConditionalForwardersCommand({ DirectoryId: directoryId }),
      );
      expect(ConditionalForwarders).toHaveLength(withForwarder ? 0 : 1);
    },
  );

  it.each(['Creating', 'Updating'] as const)('calls off what goes on: %s', async (state) => {
    const account = prepare();
    const id = await account.create();
    if (state === 'Updating') {
      await account.minutes(3);
      await account.ds.send(new UpdateTrustCommand({ TrustId: id, SelectiveAuth: 'Enabled' }));
    }

    await account.remove(id);

    expect(await states(account)).toEqual(['Deleting', 'gone']);
  });

  it('calls a verification off', async () => {
    const account = prepare();
    const id = await account.create();
    await account.minutes(3);
    await account.verify(id);
    await account.remove(id);

    expect(await states(account)).toEqual(['Deleting', 'gone']);
  });
});

describe('DescribeTrusts', () => {
  it('shows those of one directory or of all, page by page', async () => {
    const { ds, create, world } = prepare();
    const id = await create();
    const trusts = async (input: object) => {
      const page = await ds.send(new DescribeTrustsCommand(input));
      return { ids: page.Trusts?.map(({ TrustId }) => TrustId), NextToken: page.NextToken };
    };
    const [first] = world.directories.all;
    const second = await create({ RemoteDomainName: 'other.example.com' });

    const all = await trusts({ Limit: 1 });
    expect(all).toEqual({ ids: [id], NextToken: expect.any(String) });
    expect(await trusts({ Limit: 1, NextToken: all.NextToken })).toEqual({
      ids: [second],
      NextToken: undefined,
    });
    expect((await trusts({ DirectoryId: first?.directoryId })).ids).toEqual([id, second]);
    expect((await trusts({ TrustIds: [second] })).ids).toEqual([second]);
  });

  it.each([
    ['EntityDoesNotExistException', { DirectoryId: 'd-0000000000' }],
    ['EntityDoesNotExistException', { TrustIds: ['t-0000000000'] }],
    ['InvalidParameterException', { TrustIds: [] }],
    ['InvalidNextTokenException', { NextToken: 'x' }],
  ])('answers %s for %j', async (name, input) => {
    await expect(prepare().ds.send(new DescribeTrustsCommand(input))).rejects.toMatchObject({ name });
  });
});
