import { describe, expect, it } from 'vitest';
import { awaitVerification } from '../../../functions/trust/await-verification.ts';
import { verifyTrust } from '../../../functions/trust/verify-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { Trust, TrustState } from '../../../simulator/world/directories.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import {
  directoryName,
  domainName,
  onPremises,
  outgoing,
  trustAccount,
} from '../../support/trust-account.ts';

const trustId = 't-1234567890';
const input = { trustId, failure: null };
const reason = 'The specified domain does not exist or could not be contacted. Name: corp.example.com';

/** An account with both halves of a trust, and everything in place for its verification. */
const prepare = async (change: Partial<Trust> = {}) => {
  const account = await trustAccount();
  const { world, directory, forest, clock } = account;
  world.trusts.forward(directory, domainName, onPremises.dnsIpAddresses);
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  forest.halves.set(directoryName, { ...outgoing, direction: 'Inbound', password: 'secret' });
  const trust: Trust = {
    ...outgoing,
    trustId,
    remoteDomainName: domainName,
    createdAt: clock.now(),
    changedAt: clock.now(),
    password: 'secret',
    state: 'VerifyFailed',
    reason,
    ...change,
  };
  directory.trusts.push(trust);
  await account.seconds(3600);
  account.disturb();
  const time = () => new Date(clock.now()).toISOString();
  const asked = () => account.calls.filter((call) => call === 'ds:VerifyTrust').length;
  const wait = (askedAt: string): Promise<unknown> => account.run(awaitVerification, { trustId, askedAt });
  return { account, trust, time, asked, wait };
};

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
