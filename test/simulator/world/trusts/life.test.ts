import { describe, expect, it } from 'vitest';
import type { TrustDirection } from '../../../../simulator/world/directories.ts';
import type { HalfDirection } from '../../../../simulator/world/forest.ts';
import { created, half, prepare, wanted } from '../../../support/trust-halves.ts';

const complements: readonly (readonly [TrustDirection, HalfDirection])[] = [
  ['One-Way: Outgoing', 'Inbound'],
  ['One-Way: Incoming', 'Outbound'],
  ['Two-Way', 'Bidirectional'],
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
