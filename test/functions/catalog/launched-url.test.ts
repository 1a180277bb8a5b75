import { describe, expect, it } from 'vitest';
import { success } from './answers.ts';
import { ask, concluded, creation, executionArn, productAccount, requestId, told } from './product.ts';

describe('a product that is launched, as to the URL of its answer,', () => {
  it.each([[[503]], [[0, 403]]])('is answered where the URL fails first: %j', async (statuses) => {
    const account = await productAccount();
    account.statuses.push(...statuses);

    await ask(account, creation());

    expect(told(account)).toMatchObject(success);
    await account.executions.ended(executionArn('create-1'));
  });

  it.each([
    [[500, 500, 503], 'HTTP status 503'],
    [[0, 0, 0], 'there was no answer'],
  ])('is asked for again where the URL goes on failing, and never tells it: %j', async (statuses, words) => {
    const account = await productAccount();
    account.statuses.push(...statuses);

    await expect(ask(account, creation())).rejects.toMatchObject({
      name: 'Throttled',
      message: `CloudFormation could not be told the outcome: ${words}. It is tried again.`,
    });
    await ask(account, creation());

    expect(told(account)).toMatchObject(success);
    expect(JSON.stringify(account.log)).not.toContain('signature');
    await account.executions.ended(executionArn('create-1'));
  });

  it('keeps the signed URL out of the execution', async () => {
    const account = await productAccount();
    await ask(account, creation());

    const execution = account.executions.find(executionArn('create-1'));

    expect(execution?.history.events.length).toBeGreaterThan(0);
    expect(JSON.stringify([execution?.input, execution?.history])).not.toContain('signature');
    await concluded(account, 'create-1');
    expect(
      JSON.stringify(await account.item(`waiting#${executionArn('create-1')}`, requestId)),
    ).not.toContain('signature');
  });
});
