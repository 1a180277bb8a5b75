import { describe, expect, it } from 'vitest';
import { reportTrust } from '../../../functions/report/report-trust.ts';
import type { TrustState } from '../../../simulator/world/directories.ts';
import { input, stateOf, turned } from '../../support/turned-trust.ts';
import { trustId } from '../../support/watch-account.ts';

describe('report-trust, as to AWS’s verdict,', () => {
  it('is not held up by the verdict that it tells of', async () => {
    const account = await turned('Verified', 'VerifyFailed', { reason: 'Access is denied' });
    const failure = { error: 'TrustFailed', cause: '{"errorMessage":"It could not be verified."}' };

    await expect(account.run(reportTrust, { ...input, failure })).resolves.toEqual({ trustId, told: true });
  });

  it.each(['Verified', 'VerifyFailed'])(
    'ends with the failure of the question where AWS has it as Verified (heard: %s)',
    async (was) => {
      const account = await turned(was, 'Verified');
      const failure = { error: 'TrustFailed', cause: '{"errorMessage":"ClientException: No."}' };

      await expect(account.run(reportTrust, { ...input, failure })).rejects.toMatchObject({
        name: 'TrustFailed',
        message: 'ClientException: No.',
      });

      expect(account.messages).toEqual([]);
      expect(await stateOf(account)).toBe(was);
    },
  );

  it.each<TrustState>(['Creating', 'Verifying', 'Updating', 'Deleting'])(
    'waits while AWS has it as %s',
    async (is) => {
      const account = await turned('Verified', is);

      await expect(account.run(reportTrust, input)).rejects.toMatchObject({
        name: 'NotReady',
        message: `The trust ${trustId} with corp.example.com is ${is}.`,
      });
      expect(account.messages).toEqual([]);
    },
  );

  it('waits where AWS shows no state', async () => {
    const account = await turned('Verified', 'Verified');
    account.answering('DescribeTrusts', { Trusts: [{ TrustId: trustId }] });

    await expect(account.run(reportTrust, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('is without a state.'),
    });
  });
});
