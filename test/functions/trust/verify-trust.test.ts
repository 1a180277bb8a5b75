import { describe, expect, it } from 'vitest';
import { awaitVerification } from '../../../functions/trust/await-verification.ts';
import { verifyTrust } from '../../../functions/trust/verify-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { Trust, TrustState } from '../../../simulator/world/directories.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { domainName } from '../../support/trust-account.ts';
import { input, prepare, trustId } from '../../support/unverified-trust.ts';

describe('verify-trust', () => {
  it.each<TrustState>(['Created', 'VerifyFailed'])('asks AWS to verify one that is %s', async (state) => {
    const { account, trust, time, asked } = await prepare({ state });

    await expect(account.run(verifyTrust, input)).resolves.toEqual({ askedAt: time() });

    expect(asked()).toBe(1);
    expect(trust.state).toBe('Verifying');
  });

  it('does not ask twice while AWS verifies', async () => {
    const { account, time, asked } = await prepare({ state: 'Verifying' });

    await expect(account.run(verifyTrust, input)).resolves.toEqual({ askedAt: time() });

    expect(asked()).toBe(0);
  });

  it('does not ask for what is verified, and names a time at which that counts', async () => {
    const { account, trust, asked, wait } = await prepare({ state: 'Verified' });

    await expect(account.run(verifyTrust, input)).resolves.toEqual({
      askedAt: new Date(trust.changedAt).toISOString(),
    });

    expect(asked()).toBe(0);
    await expect(wait(new Date(trust.changedAt).toISOString())).resolves.toEqual({
      trustId,
      state: 'Verified',
      verifiedAt: new Date(trust.changedAt).toISOString(),
    });
  });

  it('asks for what is verified where it is to be verified again, and only the new verdict counts', async () => {
    const { account, trust, time, asked, wait } = await prepare({ state: 'Verified' });
    account.forest.halves.clear();
    const askedAt = time();

    await expect(account.run(verifyTrust, { ...input, again: true })).resolves.toEqual({ askedAt });

    expect(asked()).toBe(1);
    await expect(wait(askedAt)).rejects.toMatchObject({ name: 'NotReady' });
    await account.seconds(60);
    await expect(wait(askedAt)).rejects.toMatchObject({ name: 'TrustFailed' });
    expect(trust.state).toBe('VerifyFailed');
  });

  it('does not ask twice while AWS verifies again', async () => {
    const { account, time, asked } = await prepare({ state: 'Verifying' });

    await expect(account.run(verifyTrust, { ...input, again: true })).resolves.toEqual({ askedAt: time() });

    expect(asked()).toBe(0);
  });

  it('takes the present for when it was verified where AWS does not say', async () => {
    const { account, time } = await prepare();
    account.answering('DescribeTrusts', { Trusts: [{ TrustId: trustId, TrustState: 'Verified' }] });

    await expect(account.run(verifyTrust, input)).resolves.toEqual({ askedAt: time() });
  });

  it.each<TrustState>(['Creating', 'Updating', 'Deleting'])('waits while it is %s', async (state) => {
    const { account, asked } = await prepare({ state });

    await expect(account.run(verifyTrust, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The trust ${trustId} with ${domainName} is ${state}.`,
    });

    expect(asked()).toBe(0);
  });

  it.each<[string, Partial<Trust>, RegExp]>([
    [
      'an incoming one',
      { direction: 'One-Way: Incoming' },
      /is incoming, and AWS verifies only the outgoing/,
    ],
    [
      'a failed one',
      { state: 'Failed' },
      /is Failed.*could not be contacted\. Name: .*Usually.*A new execution/,
    ],
  ])('never asks for %s', async (_which, change, message) => {
    const { account, asked } = await prepare(change);

    await expect(account.run(verifyTrust, input)).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringMatching(message),
    });

    expect(asked()).toBe(0);
  });

  it('fails where the trust is gone', async () => {
    const { account } = await prepare();

    await expect(account.run(verifyTrust, { ...input, trustId: 't-0000000000' })).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringMatching(/t-0000000000 is gone\. Start a new execution/),
    });
  });

  it.each(['DescribeTrusts', 'VerifyTrust'])('fails with what %s refuses', async (operation) => {
    const { account } = await prepare();
    account.answering(operation, new ServiceError('InvalidParameterException', 'No.'));

    await expect(account.run(verifyTrust, input)).rejects.toMatchObject({
      name: 'TrustFailed',
      message: 'InvalidParameterException: No.',
    });
  });

  it('ends with the failure of the state that awaited, and asks nothing', async () => {
    const { account } = await prepare();
    const failure = { error: 'TrustFailed', cause: '{"errorMessage":"AWS: Access is denied."}' };

    await expect(account.run(verifyTrust, { trustId, failure })).rejects.toMatchObject({
      name: 'TrustFailed',
      message: 'AWS: Access is denied.',
    });

    expect(account.calls).toEqual([]);
  });

  it.each(Object.entries(mishaps))(
    'is answered by a verdict at %s, wherever it happens',
    async (_name, mishap) => {
      for (const position of [0, 1]) {
        const { account, trust } = await prepare();
        account.disturb(at(position, mishap));
        const result = await account.settle(verifyTrust, input, 5);
        await account.settle(awaitVerification, { trustId, ...Object(result) });
        expect(trust.state).toBe('Verified');
      }
    },
  );
});
