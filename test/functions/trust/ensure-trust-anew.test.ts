import { describe, expect, it } from 'vitest';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { entry, password, prepareRepair } from '../../support/half-in-aws.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { domainName, outgoing } from '../../support/trust-account.ts';

describe('ensure-trust, where a half is to be made anew,', () => {
  it('deletes the half that is to be made anew, keeps its forwarder, and waits until it is gone', async () => {
    const { account, directory, old, input } = await prepareRepair();

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The trust ${old.trustId} with ${domainName} is being deleted, to be made anew with a new password.`,
    });
    expect(old.state).toBe('Deleting');
    account.disturb();
    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'NotReady' });
    expect(account.calls).toEqual(['dynamodb:GetItem', 'ds:DescribeTrusts', 'dynamodb:GetItem']);

    const result = await account.settle(ensureTrust, input);
    const [trust] = directory.trusts;
    expect(directory.trusts).toHaveLength(1);
    expect(trust).not.toBe(old);
    expect(trust).toMatchObject({ password });
    expect(result).toMatchObject({ trustId: trust?.trustId });
    expect(directory.forwarders.has(domainName)).toBe(true);
    expect(await account.entries()).toEqual({ [entry]: trust?.trustId });
  });

  it('is content where the half to be made anew went by itself', async () => {
    const { account, directory, input } = await prepareRepair();
    account.disturb((call, answer) => {
      if (call.operation !== 'DeleteTrust') return answer();
      directory.trusts.length = 0;
      return Promise.reject(new ServiceError('EntityDoesNotExistException', 'Gone.'));
    });

    await account.settle(ensureTrust, input);

    expect(directory.trusts).toMatchObject([{ password }]);
  });

  it.each(['create', 'recreate'])('deletes nothing that others made meanwhile: %s', async (inAws) => {
    const { account, directory, old, input } = await prepareRepair();
    directory.trusts.length = 0;
    const foreign = account.world.trusts.create(directory, {
      ...outgoing,
      remoteDomainName: domainName,
      password: 'theirs',
    });
    const plan = { ...input.plan, inAws, trustId: inAws === 'create' ? null : old.trustId };

    await expect(account.run(ensureTrust, { ...input, plan })).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${foreign.trustId} with ${domainName} was made by somebody else`),
    });

    expect(directory.trusts).toEqual([foreign]);
    expect(foreign.state).toBe('Creating');
  });

  it('fails with what DeleteTrust refuses', async () => {
    const { account, input } = await prepareRepair();
    account.answering('DeleteTrust', new ServiceError('UnsupportedOperationException', 'Not that.'));

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'TrustFailed',
      message: 'UnsupportedOperationException: Not that.',
    });
  });

  it.each(Object.entries(mishaps))(
    'makes one half anew at %s, wherever it happens',
    async (_name, mishap) => {
      const whole = await prepareRepair();
      await whole.account.settle(ensureTrust, whole.input, 60);
      const positions = positionsOf(whole.account.calls, mishap);

      for (const position of positions) {
        const { account, directory, old, input } = await prepareRepair();
        account.disturb(at(position, mishap));
        await account.settle(ensureTrust, input, 60);
        account.disturb();
        expect(directory.trusts).toHaveLength(1);
        expect(directory.trusts[0]).not.toBe(old);
        expect(directory.trusts[0]).toMatchObject({ password });
        expect(await account.entries()).toEqual({ [entry]: directory.trusts[0]?.trustId });
      }
    },
  );
});
