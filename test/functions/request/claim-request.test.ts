import { describe, expect, it } from 'vitest';
import { claimRequest } from '../../../functions/request/claim-request.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { claimAccount, inputOf, itemsOf, request, writtenIn } from '../../support/claimed-request.ts';
import { at, mishaps } from '../../support/mishaps.ts';

const begun = '2026-01-01T00:00:00.000Z';

describe('claim-request', () => {
  it('takes the claim that nobody holds, and writes the request down with its owner', async () => {
    const account = await claimAccount();
    const { arn } = account.begin();

    const output = await account.run(claimRequest, inputOf(arn));

    expect(output).toEqual({ requestId: 'orders' });
    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
    await expect(account.claimOf(arn).holder()).resolves.toBe(arn);
    const items = await itemsOf(account);
    expect(items).toHaveLength(2);
    expect(items).toContainEqual({
      requestId: { S: 'orders' },
      item: { S: 'claim' },
      execution: { S: arn },
      at: { S: begun },
    });
    await expect(writtenIn(account)).resolves.toEqual({ execution: arn, request });
  });

  it('is the same when it is called again', async () => {
    const account = await claimAccount();
    const { arn } = account.begin();
    await account.run(claimRequest, inputOf(arn));
    const before = await itemsOf(account);

    await expect(account.run(claimRequest, inputOf(arn))).resolves.toMatchObject({ requestId: 'orders' });

    expect(await itemsOf(account)).toEqual(before);
    expect(account.calls).not.toContain('states:DescribeExecution');
  });

  it.each([
    ['states:DescribeExecution', 'AccessDeniedException', 'Forbidden'],
    ['states:DescribeExecution', 'InvalidArn', 'PreflightFailed'],
    ['dynamodb:PutItem', 'ResourceNotFoundException', 'PreflightFailed'],
    ['dynamodb:UpdateItem', 'ResourceNotFoundException', 'PreflightFailed'],
  ])('names it where %s answers %s', async (name, code, errorName) => {
    const account = await claimAccount();
    await account.run(claimRequest, inputOf('arn:aws:states:eu-west-1:1:execution:a:b'));
    account.disturb((call, answer) =>
      `${call.service}:${call.operation}` === name
        ? Promise.reject(new ServiceError(code, 'Not that.'))
        : answer(),
    );

    await expect(account.run(claimRequest, inputOf(account.begin().arn))).rejects.toMatchObject({
      name: errorName,
      message: expect.stringContaining('Not that.'),
    });
  });

  it.each(Object.entries(mishaps))('is claimed once at %s, wherever it happens', async (_name, mishap) => {
    for (const position of [0, 1, 2, 3, 4]) {
      const account = await claimAccount();
      const [first, second] = [account.begin('orders-1'), account.begin('orders-2')];
      await account.run(claimRequest, inputOf(first.arn));
      first.stop(undefined, undefined);
      account.disturb(at(position, mishap));

      await account.run(claimRequest, inputOf(second.arn)).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'Throttled' });
        return account.run(claimRequest, inputOf(second.arn));
      });

      const items = await itemsOf(account);
      expect(items).toHaveLength(2);
      for (const { execution } of items) expect(execution).toEqual({ S: second.arn });
    }
  });
});
