import { describe, expect, it } from 'vitest';
import { claimRequest } from '../../../functions/request/claim-request.ts';
import { claimAccount, inputOf, itemsOf, other, request, writtenIn } from '../../support/claimed-request.ts';

const held = (execution: string) => ({
  name: 'Conflict',
  message: `The request orders is being carried out by another execution${execution}. Wait until that one has ended, or stop it, and start this one again.`,
});

describe('claim-request, by who holds the claim,', () => {
  it('is refused while another execution runs, and nothing is changed', async () => {
    const account = await claimAccount();
    const first = account.begin('orders-1');
    const second = account.begin('orders-2');
    await account.run(claimRequest, inputOf(first.arn));
    await account.ledgerOf(first.arn).making('directory', 'aws.example.com');
    const before = await itemsOf(account);

    await expect(account.run(claimRequest, inputOf(second.arn, other))).rejects.toMatchObject(
      held(`, ${first.arn}`),
    );

    expect(await itemsOf(account)).toEqual(before);
  });

  it('counts an execution that waits to be redriven as running', async () => {
    const account = await claimAccount();
    const [first, second] = [account.begin('orders-1'), account.begin('orders-2')];
    await account.run(claimRequest, inputOf(first.arn));
    account.disturb(async (call, answer) =>
      call.operation === 'DescribeExecution'
        ? { ...Object(await answer()), status: 'PENDING_REDRIVE' }
        : answer(),
    );

    await expect(account.run(claimRequest, inputOf(second.arn))).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('takes over from an execution that has ended', async () => {
    const account = await claimAccount();
    const first = account.begin('orders-1');
    const second = account.begin('orders-2');
    await account.run(claimRequest, inputOf(first.arn));
    first.stop(undefined, undefined);

    await account.run(claimRequest, inputOf(second.arn, other));

    await expect(account.claimOf(second.arn).holder()).resolves.toBe(second.arn);
    await expect(writtenIn(account)).resolves.toEqual({ execution: second.arn, request: other });
  });

  it('takes over from an execution that Step Functions has forgotten', async () => {
    const account = await claimAccount();
    const { arn } = account.begin();
    const forgotten = arn.replace('orders-1', 'orders-0');
    await account.run(claimRequest, inputOf(forgotten));

    await account.run(claimRequest, inputOf(arn));

    await expect(account.claimOf(arn).holder()).resolves.toBe(arn);
  });

  it.each([
    ['is free', false],
    ['is held by one that has ended', true],
  ])('loses to another execution that takes a claim which %s first', async (_which, isHeld) => {
    const account = await claimAccount();
    const [past, faster, slower] = ['orders-1', 'orders-2', 'orders-3'].map(
      (name) => account.begin(name).arn,
    );
    if (isHeld) await account.run(claimRequest, inputOf(String(past)));
    account.disturb(async (call, answer) => {
      if (call.operation === 'DescribeExecution') return { ...Object(await answer()), status: 'FAILED' };
      if (call.operation !== 'PutItem') return answer();
      account.disturb((_call, answer) => answer());
      await account.claimOf(String(faster)).take(isHeld ? String(past) : null, new Date(0));
      return answer();
    });

    await expect(account.run(claimRequest, inputOf(String(slower), other))).rejects.toMatchObject(
      held(', which began at the same moment'),
    );

    await expect(account.claimOf(String(slower)).holder()).resolves.toBe(faster);
    const before = { execution: past, request };
    await expect(writtenIn(account)).resolves.toEqual(isHeld ? before : undefined);
  });
});
