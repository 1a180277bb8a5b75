import { describe, expect, it } from 'vitest';
import { awaitVerification } from '../../../functions/trust/await-verification.ts';
import { verifyTrust } from '../../../functions/trust/verify-trust.ts';
import type { TrustState } from '../../../simulator/world/directories.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { directoryName, domainName, outgoing } from '../../support/trust-account.ts';
import { input, prepare, reason, trustId } from '../../support/unverified-trust.ts';

describe('await-verification', () => {
  it('waits for a verdict that is later than the asking', async () => {
    const { account, trust, time, wait } = await prepare();
    const askedAt = time();
    // The asking is lost on its way to the state: AWS still shows the earlier verdict.
    await expect(wait(askedAt)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The trust ${trustId} with ${domainName} is VerifyFailed since before it was to be verified.`,
    });

    await account.run(verifyTrust, input);
    await expect(wait(askedAt)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The trust ${trustId} with ${domainName} is Verifying.`,
    });
    await account.seconds(60);
    const verifiedAt = new Date(trust.changedAt).toISOString();
    await expect(wait(askedAt)).resolves.toEqual({ trustId, state: 'Verified', verifiedAt });
    expect(verifiedAt > askedAt && verifiedAt < time()).toBe(true);
  });

  it('takes the present for when it was verified where AWS does not say', async () => {
    const { account, time, wait } = await prepare();
    const shown = { TrustId: trustId, RemoteDomainName: domainName, TrustState: 'Verified' };
    account.answering('DescribeTrusts', { Trusts: [shown] });
    const askedAt = time();
    await account.seconds(300);

    await expect(wait(askedAt)).resolves.toEqual({ trustId, state: 'Verified', verifiedAt: time() });
  });

  it.each<[TrustState, string]>([
    ['VerifyFailed', 'TrustFailed'],
    ['Verified', 'none'],
  ])('counts an old %s after five minutes, whatever its time', async (state, name) => {
    const { account, time, wait } = await prepare({ state });
    const askedAt = time();
    await account.seconds(299);
    await expect(wait(askedAt)).rejects.toMatchObject({ name: 'NotReady' });
    await account.seconds(1);

    const ended = await wait(askedAt).catch((error: unknown) => error);

    expect(ended).toMatchObject(name === 'none' ? { state } : { name });
  });

  it.each<TrustState>(['Creating', 'Created', 'Verifying', 'Updating', 'Deleting'])(
    'never takes %s for a verdict',
    async (state) => {
      const { wait } = await prepare({ state });

      await expect(wait('2024-01-01T00:00:00.000Z')).rejects.toMatchObject({
        name: 'NotReady',
        message: `The trust ${trustId} with ${domainName} is ${state}.`,
      });
    },
  );

  it.each(['VerifyFailed', 'Failed', 'UpdateFailed'])(
    'fails with AWS’s own reason where it is %s',
    async (TrustState) => {
      const { account, wait } = await prepare();
      const shown = { TrustId: trustId, RemoteDomainName: domainName, TrustState, TrustStateReason: reason };
      account.answering('DescribeTrusts', { Trusts: [shown] });

      await expect(wait('2024-01-01T00:00:00.000Z')).rejects.toMatchObject({
        name: 'TrustFailed',
        message: expect.stringMatching(
          `^The trust ${trustId} with ${domainName} could not be verified: AWS has it as ${TrustState}\\. AWS: ${reason}\\. Usually`,
        ),
      });
    },
  );

  it('says what is usual where the passwords differ', async () => {
    const { account, forest, run } = await prepare().then(({ account }) => ({ account, ...account }));
    forest.halves.set(directoryName, { ...outgoing, direction: 'Inbound', password: 'another' });
    const asked = await run(verifyTrust, input);

    await expect(account.settle(awaitVerification, { trustId, ...Object(asked) })).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringMatching(
        /AWS: Access is denied\. Usually the two halves have different passwords/,
      ),
    });
  });

  it.each([{}, { Trusts: [] }])('fails where the trust is gone: %j', async (given) => {
    const { account, wait, time } = await prepare();
    account.answering('DescribeTrusts', given);

    await expect(wait(time())).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringContaining('was deleted while AWS verified it'),
    });
  });

  it('waits where AWS shows neither state nor time', async () => {
    const { account, wait } = await prepare();
    account.answering('DescribeTrusts', { Trusts: [{ TrustId: trustId, RemoteDomainName: domainName }] });

    await expect(wait('2024-01-01T00:00:00.000Z')).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('without a state'),
    });
  });

  it.each(Object.entries(mishaps))('has the same verdict at %s', async (_name, mishap) => {
    const { account, trust } = await prepare({ state: 'Verified' });
    account.disturb(at(0, mishap));
    const verifiedAt = new Date(trust.changedAt).toISOString();

    await expect(account.settle(awaitVerification, { trustId, askedAt: verifiedAt })).resolves.toEqual({
      trustId,
      state: 'Verified',
      verifiedAt,
    });
  });
});
