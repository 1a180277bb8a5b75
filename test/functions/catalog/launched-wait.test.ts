import { describe, expect, it } from 'vitest';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { ended, silent } from './answers.ts';
import { ask, concluded, creation, executionArn, productAccount, requestId, told } from './product.ts';

describe('a product that is launched, in the end,', () => {
  it.each([
    ['SUCCEEDED', [], 'SUCCESS', 'is done: the directory'],
    ['FAILED', ['TrustFailed'], 'FAILURE', 'with TrustFailed'],
  ])('has its wait ended when the execution has %s', async (status, errors, Status, words) => {
    const account = await productAccount(errors);
    await ask(account, creation());

    await concluded(account, 'create-1');
    await concluded(account, 'create-1');

    expect(account.executions.find(executionArn('create-1'))?.standing.status).toBe(status);
    expect(account.puts.slice(1)).toEqual([
      {
        url: 'https://wait.example.com/?signature=w',
        body: {
          Status,
          UniqueId: `${requestId}-create-1`,
          Reason: expect.stringContaining(words),
          Data: Status === 'SUCCESS' ? 'done' : 'failed',
        },
      },
    ]);
  });

  it('has its wait ended though people cannot be told, who are told once they can be', async () => {
    const account = await productAccount();
    await ask(account, creation());
    account.disturb(silent);
    for (let delivery = 1; delivery <= 3; delivery += 1)
      await expect(concluded(account, 'create-1')).rejects.toMatchObject({ name: 'Throttled' });
    expect(account.puts.slice(1)).toMatchObject([{ body: { Status: 'SUCCESS' } }]);
    expect(account.messages).toEqual([]);

    account.disturb((_call, answer) => answer());
    await concluded(account, 'create-1');
    await concluded(account, 'create-1');

    expect(account.puts).toHaveLength(2);
    expect(account.messages).toMatchObject([{ subject: `Forestbridge: ${requestId} is done` }]);
  });

  it('has people told once though its wait cannot be ended, and sets the request free', async () => {
    const account = await productAccount();
    await ask(account, creation());
    const claim = account.claimOf(executionArn('create-1'), requestId);
    await claim.take(null, new Date());
    account.statuses.push(...Array.from({ length: 9 }, () => 403));

    for (let delivery = 1; delivery <= 3; delivery += 1)
      await expect(concluded(account, 'create-1')).rejects.toMatchObject({ name: 'Throttled' });

    expect(account.messages).toMatchObject([{ subject: `Forestbridge: ${requestId} is done` }]);
    expect(await claim.holder()).toBeNull();
    expect(account.puts).toHaveLength(10);
  });

  it.each(Object.entries(mishaps))(
    'has its wait ended with the same words by whatever call: %s',
    async (_name, mishap) => {
      const undisturbed = await ended();
      await concluded(undisturbed, 'create-1');
      for (const position of positionsOf([...undisturbed.calls], mishap)) {
        const account = await ended();
        account.disturb(at(position, mishap));
        if (mishap !== mishaps.carriedOutTwice)
          await expect(concluded(account, 'create-1')).rejects.toMatchObject({ name: 'Throttled' });
        await concluded(account, 'create-1');
        await concluded(account, 'create-1');

        expect(new Set(account.puts.map((put) => JSON.stringify(put)))).toEqual(
          new Set(undisturbed.puts.map((put) => JSON.stringify(put))),
        );
        expect(new Set(account.messages.map(({ body }) => body)).size).toBe(1);
      }
    },
  );

  it('has its wait ended when somebody stops the execution', async () => {
    const account = await productAccount();
    await ask(account, creation());
    account.executions.find(executionArn('create-1'))?.stop(undefined, undefined);

    await concluded(account, 'create-1');

    expect(told(account)).toMatchObject({
      Status: 'FAILURE',
      Reason: expect.stringContaining('was stopped'),
    });
  });
});
