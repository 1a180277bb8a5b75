import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { claimRequest } from '../../../functions/request/claim-request.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { type ReportAccount, reportAccount } from '../../support/report-account.ts';
import { task } from '../../support/state-machines.ts';
import { example } from './requests.ts';

const request = parseRequest(example('one-way-forest'));
const other = parseRequest(example('two-way-forest'));

/** An account in which executions run until they are stopped. */
const claimAccount = () => reportAccount({ Work: task('work') }, { work: () => new Promise(() => {}) });

const inputOf = (execution: string, asked = request) => ({
  owner: { requestId: 'orders', execution },
  request: asked,
});

const itemsOf = async ({ dynamodb }: ReportAccount) =>
  (await dynamodb.send(new ScanCommand({ TableName: 'ledger' }))).Items ?? [];

/** The request that is written down, and whose execution it is; undefined where there is none. */
const writtenIn = async (account: ReportAccount): Promise<unknown> => {
  const item = await account.item('request');
  if (item === undefined) return undefined;
  return { execution: item['execution']?.S, request: JSON.parse(item['request']?.S ?? '') };
};

const held = (execution: string) => ({
  name: 'Conflict',
  message: `The request orders is being carried out by another execution${execution}. Wait until that one has ended, or stop it, and start this one again.`,
});

describe('claim-request', () => {
  it('takes the claim that nobody holds, and writes the request down with its owner', async () => {
    const account = await claimAccount();
    const { arn } = account.begin();

    const output = await account.run(claimRequest, inputOf(arn));

    expect(output).toEqual({ requestId: 'orders' });
    expect(account.calls).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:PutItem']);
    await expect(account.claimOf(arn).holder()).resolves.toBe(arn);
    const items = await itemsOf(account);
    expect(items).toHaveLength(2);
    expect(items).toContainEqual({
      requestId: { S: 'orders' },
      item: { S: 'claim' },
      execution: { S: arn },
      at: { S: '2026-01-01T00:00:00.000Z' },
    });
    await expect(writtenIn(account)).resolves.toEqual({ execution: arn, request });
  });

  it('is the same when it is called again', async () => {
    const account = await claimAccount();
    const { arn } = account.begin();
    await account.run(claimRequest, inputOf(arn));
    const before = await itemsOf(account);

    await expect(account.run(claimRequest, inputOf(arn))).resolves.toEqual({ requestId: 'orders' });

    expect(await itemsOf(account)).toEqual(before);
    expect(account.calls).not.toContain('states:DescribeExecution');
  });

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

  it.each([
    ['states:DescribeExecution', 'AccessDeniedException', 'Forbidden'],
    ['states:DescribeExecution', 'InvalidArn', 'Conflict'],
    ['dynamodb:PutItem', 'ResourceNotFoundException', 'Conflict'],
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
    for (const position of [0, 1, 2, 3]) {
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
