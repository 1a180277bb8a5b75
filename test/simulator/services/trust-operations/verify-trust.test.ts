import { UpdateTrustCommand } from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { directoryName } from '../../../support/company.ts';
import { password, states, trustingAccount } from '../../../support/trusting-account.ts';

describe('VerifyTrust', () => {
  it('asks again, and tells the verdict later', async () => {
    const account = trustingAccount(null);
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
    const asked = await account.show(id);
    await account.seconds(1);
    await account.verify(id);

    expect(before).toMatchObject({ TrustState: 'VerifyFailed' });
    // Who asks while an answer is awaited asks nothing new.
    expect(await account.show(id)).toEqual(asked);
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
    const { create, directory, verify } = trustingAccount();
    const id = await create();
    for (const trust of directory.trusts) trust.state = state;

    await expect(verify(given ?? id)).rejects.toMatchObject({ name });
  });

  it('does not verify an incoming trust', async () => {
    const account = trustingAccount({ direction: 'Outbound' });
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
      const account = trustingAccount({ direction });
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
