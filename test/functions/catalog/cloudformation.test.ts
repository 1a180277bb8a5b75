import { describe, expect, it } from 'vitest';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { success } from './answers.ts';
import {
  ask,
  concluded,
  creation,
  deletion,
  executionArn,
  form,
  launched,
  looking,
  productAccount,
  publish,
  told,
  updating,
} from './product.ts';

describe('CloudFormation', () => {
  it.each([
    [{ RequestType: 'Replace' }, 'RequestType: '],
    [{ RequestId: 'a b' }, 'RequestId: '],
    [{ ResourceType: 'Custom::Other' }, 'ResourceType: '],
    [{ StackId: undefined, RequestId: 1, LogicalResourceId: null, PhysicalResourceId: 7 }, 'StackId: '],
  ])('is answered whatever it asks, where it says at which URL: %j', async (more, words) => {
    const account = await productAccount();

    await ask(account, creation({}, more));

    expect(told(account)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(words) });
  });

  it.each([[{}], [null], [creation({}, { ResponseURL: undefined })], [creation({}, { ResponseURL: '' })]])(
    'cannot be answered where it does not',
    async (asked) => {
      const account = await productAccount();

      await expect(ask(account, asked)).rejects.toMatchObject({ name: 'InvalidRequest' });
      expect(account.puts).toEqual([]);
    },
  );

  it('is told a reason of at most 1,000 characters', async () => {
    const account = await productAccount();
    const Logins = Array.from({ length: 90 }, (_, index) => `OTHER\\名${index}`);

    await ask(account, creation({ Logins }));

    const { Reason } = Object(told(account));
    expect(Reason).toHaveLength(1000);
    expect(Buffer.byteLength(JSON.stringify(told(account)))).toBeLessThanOrEqual(4096);
  });

  it('is told of a defect as of a refusal, and the log has its name', async () => {
    const account = await launched();
    await publish(account, { database: {} });

    await ask(account, looking('Create'));

    expect(told(account)).toMatchObject({ Status: 'FAILED' });
    expect(account.log[0]).toMatchObject({ level: 'error', error: 'ZodError' });
  });

  it.each(Object.entries(mishaps))('gets one of everything by whatever call: %s', async (_name, mishap) => {
    const undisturbed = await productAccount();
    undisturbed.calls.length = 0;
    await ask(undisturbed, creation());
    const positions = positionsOf([...undisturbed.calls], mishap);
    await undisturbed.executions.ended(executionArn('create-1'));
    expect(positions.length).toBeGreaterThan(0);
    for (const position of positions) {
      const account = await productAccount();
      account.disturb(at(position, mishap));
      if (mishap !== mishaps.carriedOutTwice) {
        await expect(ask(account, creation())).rejects.toMatchObject({ name: 'Throttled' });
        expect(account.puts).toEqual([]);
      }

      await ask(account, creation());
      await concluded(account, 'create-1');

      expect(account.puts).toMatchObject([{ body: success }, { body: { Status: 'SUCCESS' } }]);
      expect(account.executions.all).toHaveLength(1);
    }
  });

  it.each([
    ['a launch', creation()],
    ['an update', updating({ Logins: [...form.Logins, 'App'] })],
    ['a termination', deletion()],
    ['a look', looking('Update')],
  ])('is told nothing of %s while AWS asks to call again', async (_what, asked) => {
    const account = await launched();
    account.disturb(mishaps.throttled);

    await expect(ask(account, asked)).rejects.toMatchObject({ name: 'Throttled' });

    expect(account.puts).toEqual([]);
    expect(account.log).toMatchObject([{ level: 'error', error: 'Throttled' }]);
  });
});
