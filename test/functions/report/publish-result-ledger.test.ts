import { describe, expect, it } from 'vitest';
import { publishResult } from '../../../functions/report/publish-result.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { input, owner, prepare } from '../../support/published-result.ts';

/** The account where the login is about to be made. */
const entered = async () => {
  const account = await prepare();
  await account.ledgerOf(owner.execution).making('login', 'orders/CORP\\DBAdmins');
  account.calls.length = 0;
  return account;
};

describe('publish-result, as to the ledger,', () => {
  it('writes nothing where another execution comes to the same result', async () => {
    const account = await prepare();
    await account.ledgerOf(owner.execution).making('login', 'orders/CORP\\DBAdmins');
    const given = { ...input, created: ['CORP\\DBAdmins'] };
    const first = await account.run(publishResult, given);
    const kept = [await account.item('result'), await account.item('trust#t-1234567890')];
    await account.claimOf('another execution').take(owner.execution, new Date());
    account.disturb((_call, answer) => answer());

    const second = await account.run(publishResult, {
      ...given,
      owner: { ...owner, execution: 'another execution' },
    });

    expect(second).toEqual(first);
    expect(new Set(account.calls)).toEqual(new Set(['dynamodb:GetItem']));
    expect([await account.item('result'), await account.item('trust#t-1234567890')]).toEqual(kept);
  });

  it('publishes nothing for an execution that has lost the claim', async () => {
    const account = await prepare();
    await account.claimOf('another execution').take(owner.execution, new Date());

    await expect(account.run(publishResult, { ...input, created: ['CORP\\DBAdmins'] })).rejects.toMatchObject(
      {
        name: 'Conflict',
        message: expect.stringContaining('was carried on by another execution'),
      },
    );

    expect(await account.item('result')).toBeUndefined();
    expect(await account.ledgerOf(owner.execution).all()).toEqual([]);
  });

  it('says that the ledger refuses, in words that fit no step', async () => {
    const account = await prepare();
    account.disturb((call, answer) =>
      call.operation === 'PutItem'
        ? Promise.reject(new ServiceError('ResourceNotFoundException', 'No table.'))
        : answer(),
    );

    await expect(account.run(publishResult, input)).rejects.toMatchObject({
      name: 'Forbidden',
      message: 'ResourceNotFoundException: No table.',
    });
  });

  it('writes what has changed', async () => {
    const account = await prepare();
    await account.run(publishResult, input);

    const result = await account.run(publishResult, {
      ...input,
      trust: { trustId: 't-1234567890', state: 'Created' },
    });

    expect(await account.item('trust#t-1234567890')).toMatchObject({ state: { S: 'Created' } });
    expect(await account.item('result')).toMatchObject({ result: { S: JSON.stringify(result) } });
  });

  it('asks the ledger for what was written last', async () => {
    const account = await prepare();
    const reads: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'GetItem') reads.push(call.input);
      return answer();
    });

    await account.run(publishResult, input);

    expect(reads).not.toEqual([]);
    expect(reads).toEqual(reads.map(() => expect.objectContaining({ ConsistentRead: true })));
  });

  it.each(Object.entries(mishaps))('comes to the same by whatever call %s', async (_, mishap) => {
    const given = { ...input, created: ['CORP\\DBAdmins'] };
    const whole = await entered();
    await whole.run(publishResult, given);
    for (const position of whole.calls.keys()) {
      const account = await entered();
      account.disturb(at(position, mishap));
      const first = account.run(publishResult, given);
      if (mishap === mishaps.carriedOutTwice) await first;
      else await expect(first).rejects.toMatchObject({ name: 'Throttled' });

      const result = await account.run(publishResult, given);

      const where = whole.calls.slice(0, position + 1).join(', ');
      expect(await account.ledgerOf(owner.execution).all(), where).toMatchObject([
        { item: 'made#login#orders/CORP\\DBAdmins', id: 'CORP\\DBAdmins' },
      ]);

      expect(await account.item('trust#t-1234567890')).toMatchObject({ state: { S: 'Verified' } });
      expect(await account.item('result')).toMatchObject({ result: { S: JSON.stringify(result) } });
    }
  });
});
