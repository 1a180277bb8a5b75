import { describe, expect, it } from 'vitest';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import type { TrustState } from '../../../simulator/world/directories.ts';
import { entry, key, prepare, prepareRepair } from '../../support/half-in-aws.ts';
import { domainName } from '../../support/trust-account.ts';

describe('ensure-trust, where a half was there before,', () => {
  it('keeps what is to be kept, without a password or a look at more than the claim', async () => {
    const { account, old, input } = await prepareRepair();
    const plan = { onPremises: 'keep', inAws: 'keep', newPassword: false, trustId: old.trustId };

    await expect(account.run(ensureTrust, { ...input, plan, trustSecretArn: null })).resolves.toEqual({
      trustId: old.trustId,
      state: old.state,
    });

    expect(account.calls).toEqual(['dynamodb:GetItem', 'ds:DescribeTrusts']);
  });

  it.each(['t-0000000000', null])('fails where what was to be kept is gone (%s)', async (there) => {
    const { account, directory, input } = await prepareRepair();
    if (there === null) directory.trusts.length = 0;
    const plan = { onPremises: 'keep', inAws: 'keep', newPassword: false, trustId: 't-9999999999' };

    await expect(account.run(ensureTrust, { ...input, plan })).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringContaining('The trust t-9999999999 with corp.example.com was there'),
    });
  });

  it.each<[TrustState | undefined, object]>([
    ['Updating', { name: 'NotReady' }],
    ['Deleting', { name: 'NotReady' }],
    [undefined, { name: 'NotReady', message: 'The trust t-1 with corp.example.com is Creating.' }],
  ])('waits while its half is %s', async (TrustState, error) => {
    const { account, input } = await prepare();
    await account.ledger.making('half-in-aws', key);
    account.answering('DescribeTrusts', {
      Trusts: [{ TrustId: 't-1', RemoteDomainName: domainName, TrustState }],
    });

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject(error);
  });

  it('does not take a half without an id for its own', async () => {
    const { account, input } = await prepareRepair();
    account.answering('DescribeTrusts', {
      Trusts: [{ RemoteDomainName: domainName, TrustState: 'Verified' }],
    });

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'Conflict' });
  });

  it.each(['Created', 'Verifying', 'Verified', 'VerifyFailed'])(
    'hands on a half that is %s',
    async (TrustState) => {
      const { account, input } = await prepare();
      await account.ledger.making('half-in-aws', key);
      account.answering('DescribeTrusts', {
        Trusts: [{ TrustId: 't-1', RemoteDomainName: domainName, TrustState }],
      });

      await expect(account.run(ensureTrust, input)).resolves.toEqual({ trustId: 't-1', state: TrustState });
      expect(await account.entries()).toEqual({ [entry]: 't-1' });
    },
  );
});
