import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { claimRequest } from '../../../functions/request/claim-request.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import { claimAccount, inputOf, itemsOf, other, request, writtenIn } from '../../support/claimed-request.ts';
import { changed, example } from './requests.ts';

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

describe('a request id', () => {
  const written = example('one-way-forest');
  const another = (path: readonly string[], value: unknown) => parseRequest(changed(written, path, value));
  const anotherId = (directoryId: string) => another(['directory'], { directoryId });
  const withoutDatabase = another(['database'], undefined);

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
