import { describe, expect, it } from 'vitest';
import { inbound, keepBoth, makeBoth, prepare } from '../../support/planned-trust.ts';
import { directoryId, domainName, owner } from '../../support/trust-account.ts';

const other = owner.execution.replace('orders', 'books');
const between = { requestId: `trust#${directoryId}/${domainName}`, execution: other };

describe('plan-trust where another execution makes the trust', () => {
  it.each([
    ['one half is there', { half: inbound }],
    ['none is', {}],
    ['they do not fit yet', { inAws: { state: 'Created' }, half: inbound }],
  ] as const)('refuses while that one is under way: %s', async (_which, there) => {
    const { plan, account } = await prepare(there);
    await account.claimOf(between).take(null, new Date());
    account.answering('DescribeExecution', { status: 'RUNNING' });

    await expect(plan()).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(
        /between corp\.example\.com and aws\.example\.com is being made by another execution, arn:\S+books\S+\. Wait until the trust is verified or that execution has ended, then redrive/,
      ),
    });
  });

  it('keeps what that one has made already', async () => {
    const { plan, account } = await prepare({ inAws: {}, half: inbound });
    await account.claimOf(between).take(null, new Date());
    account.answering('DescribeExecution', { status: 'RUNNING' });

    await expect(plan()).resolves.toEqual(keepBoth);
  });

  it('goes on once that one has ended', async () => {
    const { plan, account } = await prepare({});
    await account.claimOf(between).take(null, new Date());

    await expect(plan()).resolves.toEqual(makeBoth);

    await expect(account.claimOf(between).holder()).resolves.toBe(owner.execution);
  });
});
