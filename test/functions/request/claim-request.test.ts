import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { claimRequest } from '../../../functions/request/claim-request.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { type ReportAccount, reportAccount } from '../../support/report-account.ts';
import { task } from '../../support/state-machines.ts';
import { changed, example } from './requests.ts';

const request = parseRequest(example('one-way-forest'));
/** The same one, asked for in another way. */
const other = parseRequest(changed(example('one-way-forest'), ['database', 'allocatedStorage'], 300));
const begun = '2026-01-01T00:00:00.000Z';

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

describe('a request id', () => {
  const written = example('one-way-forest');
  const another = (path: readonly string[], value: unknown) => parseRequest(changed(written, path, value));
  const anotherId = (directoryId: string) => another(['directory'], { directoryId });
  const withoutDatabase = another(['database'], undefined);

  /** An account in which an execution carried out a request, made something of it or not, and ended. */
  const carriedOut = async (asked: typeof request, made: boolean) => {
    const account = await claimAccount();
    const [first, second] = [account.begin('orders-1'), account.begin('orders-2')];
    await account.run(claimRequest, inputOf(first.arn, asked));
    const ledger = account.ledgerOf(first.arn);
    if (made) await ledger.making('directory', 'aws.example.com');
    if (made && asked.database !== null) {
      await ledger.making('instance', asked.database.identifier);
      await ledger.making('membership', asked.database.identifier);
      await ledger.making('membership', `${asked.database.identifier}/reboot`);
    }
    first.stop(undefined, undefined);
    account.calls.length = 0;
    return { account, first: first.arn, second: second.arn };
  };

  it.each([
    [
      'another directory',
      request,
      another(['directory', 'name'], 'cloud.example.com'),
      'its directory was aws.example.com, not cloud.example.com',
    ],
    [
      'a given directory',
      request,
      anotherId('d-0123456789'),
      'its directory was aws.example.com, not d-0123456789',
    ],
    [
      'another given directory',
      anotherId('d-0123456789'),
      anotherId('d-9876543210'),
      'its directory was d-0123456789, not d-9876543210',
    ],
    [
      'another company',
      request,
      another(['onPremises', 'domainName'], 'corp.example.net'),
      'its company was corp.example.com, not corp.example.net',
    ],
    [
      'another database',
      request,
      another(['database', 'identifier'], 'billing'),
      'its database was orders, not billing',
    ],
    [
      'everything else',
      request,
      parseRequest(changed(example('two-way-forest'), ['requestId'], 'orders')),
      'its directory was aws.example.com, not cloud.example.com; its database was orders, not payroll',
    ],
  ])('may not come to mean %s while something of it exists', async (_what, asked, next, words) => {
    const { account, first, second } = await carriedOut(asked, true);
    const before = await itemsOf(account);
    account.calls.length = 0;

    await expect(account.run(claimRequest, inputOf(second, next))).rejects.toMatchObject({
      name: 'Conflict',
      message: `The request orders was another one, of which something exists: ${words}. Choose another requestId.`,
    });

    expect(account.calls).toEqual(['dynamodb:GetItem', 'dynamodb:Query']);
    expect(await itemsOf(account)).toEqual(before);
    await expect(account.claimOf(second).holder()).resolves.toBe(first);
  });

  it.each([
    ['anything where nothing of it was made', request, anotherId('d-0123456789'), false],
    ['the same in other words', request, other, true],
    ['a database more', withoutDatabase, request, true],
    ['a database less', request, withoutDatabase, true],
  ])('may come to mean %s', async (_what, asked, next, made) => {
    const { account, second } = await carriedOut(asked, made);

    await account.run(claimRequest, inputOf(second, next));

    await expect(account.claimOf(second).holder()).resolves.toBe(second);
    await expect(writtenIn(account)).resolves.toEqual({ execution: second, request: next });
  });

  it.each([
    ['goes on', request, null],
    [
      'stays bound',
      another(['onPremises', 'domainName'], 'corp.example.net'),
      'its company was corp.example.com, not corp.example.net',
    ],
  ])('%s where an earlier version wrote its request otherwise', async (_what, next, words) => {
    const { account, first, second } = await carriedOut(request, true);
    const { onFailure: _later, trust: _other, ...earlier } = request;
    const stored = JSON.stringify({ ...earlier, trust: 'Forest', gone: true });
    await account.dynamodb.send(
      new PutItemCommand({
        TableName: 'ledger',
        Item: {
          requestId: { S: 'orders' },
          item: { S: 'request' },
          execution: { S: first },
          request: { S: stored },
        },
      }),
    );

    const claimed = account.run(claimRequest, inputOf(second, next));

    await (words === null
      ? expect(claimed).resolves.toEqual({ requestId: 'orders' })
      : expect(claimed).rejects.toMatchObject({
          name: 'Conflict',
          message: expect.stringContaining(`of which something exists: ${words}.`),
        }));
  });

  it('may not come to mean another database by way of none', async () => {
    const { account, second } = await carriedOut(request, true);
    await account.run(claimRequest, inputOf(second, withoutDatabase));
    const third = account.begin('orders-3').arn;

    await expect(
      account.run(claimRequest, inputOf(third, another(['database', 'identifier'], 'billing'))),
    ).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('its database was orders, not billing'),
    });
  });
});
