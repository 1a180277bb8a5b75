import { describe, expect, it } from 'vitest';
import { reportTrust } from '../../../functions/report/report-trust.ts';
import { input, stateOf, turned } from '../../support/turned-trust.ts';
import { trustId } from '../../support/watch-account.ts';

describe('report-trust, by what the ledger says,', () => {
  it('leaves a trust alone while an execution of its request is at work', async () => {
    const account = await turned('Verified', 'VerifyFailed');
    const execution = await account.atWork();

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: false });

    expect(account.messages).toEqual([]);
    expect(await stateOf(account)).toBe('Verified');
    execution.stop(undefined, undefined);
  });

  it('has nothing to say of a trust that the ledger does not know', async () => {
    const account = await turned('Verified', 'gone');

    await expect(account.run(reportTrust, { ...input, requestId: 'others' })).resolves.toEqual({
      trustId,
      told: false,
    });

    expect(account.messages).toEqual([]);
    expect(await account.item(`trust#${trustId}`, 'others')).toBeUndefined();
  });

  it('does not write over what somebody else has written meanwhile', async () => {
    const account = await turned('Verified', 'VerifyFailed');
    account.disturb(async (call, answer) => {
      if (call.operation === 'Publish')
        await account.keep('orders', `trust#${trustId}`, { state: 'Created' });
      return answer();
    });

    await account.run(reportTrust, input);

    expect(await stateOf(account)).toBe('Created');
  });

  it('asks the ledger for what was written last', async () => {
    const account = await turned('Verified', 'gone');
    const reads: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'GetItem') reads.push(call.input);
      return answer();
    });

    await account.run(reportTrust, input);

    expect(reads).toHaveLength(4);
    expect(reads).toEqual(reads.map(() => expect.objectContaining({ ConsistentRead: true })));
  });
});
