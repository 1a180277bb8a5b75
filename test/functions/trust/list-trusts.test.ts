import { describe, expect, it } from 'vitest';
import { listTrusts } from '../../../functions/trust/list-trusts.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { trustId, watchAccount } from '../../support/watch-account.ts';

const ours = { requestId: 'orders', trustId, state: 'Verified', direction: 'One-Way: Outgoing' };
const other = 't-0987654321';

describe('list-trusts', () => {
  it('lists nothing where nothing was made', async () => {
    const account = await watchAccount();
    await account.keep('orders', 'result', {});
    await account.keep('orders', `trust#${trustId}`, { state: 'Deleted' });
    account.directory.trusts.length = 0;

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [] });
  });

  it.each(['One-Way: Outgoing', 'One-Way: Incoming', 'Two-Way'] as const)(
    'says which way a trust goes, and what people last heard of it: %s',
    async (direction) => {
      const account = await watchAccount({ direction, state: 'Created' });

      await expect(account.run(listTrusts, {})).resolves.toEqual({
        trusts: [{ ...ours, state: 'Created', direction }],
      });
    },
  );

  it('lists no trust that Forestbridge did not make', async () => {
    const account = await watchAccount();
    account.place({ trustId: other, remoteDomainName: 'other.example.com' });

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [ours] });
  });

  it('takes the claim of those who make a trust for no trust', async () => {
    const account = await watchAccount();
    await account.take('trust#d-1234567890/corp.example.com', 'an execution');

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [ours] });
  });

  it('says that a trust is gone, until people have heard of it', async () => {
    const account = await watchAccount();
    account.directory.trusts.length = 0;
    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [{ ...ours, direction: null }] });

    await account.keep('orders', `trust#${trustId}`, { state: 'Deleted' });

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [] });
  });

  it('takes one for gone that AWS shows as Deleted', async () => {
    const account = await watchAccount();
    const shown = { TrustId: trustId, TrustDirection: 'Two-Way', TrustState: 'Deleted' };
    account.answering('DescribeTrusts', { Trusts: [shown] });

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [{ ...ours, direction: null }] });
  });

  it('takes a list that AWS leaves out for an empty one', async () => {
    const account = await watchAccount();
    account.answering('DescribeTrusts', {});

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [{ ...ours, direction: null }] });
  });

  it('reads every page, of the ledger and of AWS', async () => {
    const account = await watchAccount();
    const filler = 'x'.repeat(390_000);
    const requestIds = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const requestId of requestIds) await account.keep(requestId, 'result', { result: filler });
    account.directory.trusts.length = 0;
    for (let count = 0; count < 120; count += 1) account.place({ trustId: `t-00000000${count}` });
    account.place({ trustId: other });
    account.place();
    for (const requestId of requestIds)
      await account.keep(requestId, `trust#${other}`, { state: 'Verified' });
    account.disturb();

    const { trusts } = Object(await account.run(listTrusts, {}));

    expect(trusts.map(({ requestId }: { requestId: string }) => requestId).toSorted()).toEqual([
      ...requestIds,
      'orders',
    ]);
    for (const trust of trusts) expect(trust).toMatchObject({ direction: 'One-Way: Outgoing' });
    expect(account.calls.filter((call) => call === 'dynamodb:Scan').length).toBeGreaterThan(1);
    expect(account.calls.filter((call) => call === 'ds:DescribeTrusts')).toHaveLength(2);
  });

  it('asks the ledger for what was written last', async () => {
    const account = await watchAccount();
    const reads: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.service === 'dynamodb') reads.push(call.input);
      return answer();
    });

    await account.run(listTrusts, {});

    expect(reads).toHaveLength(2);
    expect(reads).toEqual(reads.map(() => expect.objectContaining({ ConsistentRead: true })));
  });

  it('lists them in one order', async () => {
    const account = await watchAccount();
    for (const digit of [7, 3, 9]) {
      account.place({ trustId: `t-${digit}000000000` });
      await account.keep(`request-${digit}`, `trust#t-${digit}000000000`, { state: 'Verified' });
    }

    const { trusts } = Object(await account.run(listTrusts, {}));

    expect(trusts.map(({ trustId }: { trustId: string }) => trustId)).toEqual([
      trustId,
      't-3000000000',
      't-7000000000',
      't-9000000000',
    ]);
  });

  it('leaves a trust out while an execution of its request is at work', async () => {
    const account = await watchAccount();
    const execution = await account.atWork();
    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [] });

    execution.stop(undefined, undefined);

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [ours] });
  });

  it('leaves it out too while another request that it serves is at work, and no other trust', async () => {
    const account = await watchAccount();
    account.place({ trustId: other });
    await account.keep('archive', `trust#${other}`, { state: 'Verified' });
    await account.keep('books', `trust#${trustId}`, { state: 'Verified' });
    const execution = await account.atWork('books');

    await expect(account.run(listTrusts, {})).resolves.toEqual({
      trusts: [{ ...ours, requestId: 'archive', trustId: other }],
    });

    execution.stop(undefined, undefined);
  });

  it('does not wait for one that is to be redriven, but leaves its trust out', async () => {
    const account = await watchAccount();
    await account.take('orders', 'arn:aws:states:eu-central-1:111122223333:execution:x:orders-1');
    account.answering('DescribeExecution', { status: 'PENDING_REDRIVE' });

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [] });
  });

  it('lists the trust of one that Step Functions knows no more', async () => {
    const account = await watchAccount();
    await account.take('orders', 'arn:aws:states:eu-central-1:111122223333:execution:x:orders-1');

    await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [ours] });
  });

  it.each(['Scan', 'DescribeTrusts', 'DescribeExecution'])(
    'fails with what %s refuses',
    async (operation) => {
      const account = await watchAccount();
      await account.take('orders', 'arn:aws:states:eu-central-1:111122223333:execution:x:orders-1');
      account.answering(operation, new ServiceError('InvalidParameterException', 'No.'));

      await expect(account.run(listTrusts, {})).rejects.toMatchObject({
        name: 'TrustFailed',
        message: 'InvalidParameterException: No.',
      });
    },
  );

  it('writes nothing, and lists the same after whatever call was lost', async () => {
    const account = await watchAccount();
    account.disturb();
    await account.run(listTrusts, {});
    const calls = [...account.calls];
    expect(calls).toEqual(['dynamodb:Scan', 'ds:DescribeTrusts', 'dynamodb:GetItem']);

    for (const position of calls.keys()) {
      account.disturb(at(position, mishaps.throttled));
      await expect(account.run(listTrusts, {})).rejects.toMatchObject({ name: 'Throttled' });
      await expect(account.run(listTrusts, {})).resolves.toEqual({ trusts: [ours] });
    }
  });
});
