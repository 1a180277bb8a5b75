import { describe, expect, it } from 'vitest';
import { reportTrust } from '../../../functions/report/report-trust.ts';
import { input, stateOf, turned } from '../../support/turned-trust.ts';
import { trustId } from '../../support/watch-account.ts';

describe('report-trust, where the trust is gone,', () => {
  it.each([
    ['d-0fedcba987', { directoryId: 'd-0fedcba987' }],
    ['aws.example.com', undefined],
  ])('tells that a trust is gone, and whose it was: %s', async (directory, adopted) => {
    const account = await turned('Verified', 'gone');
    if (adopted !== undefined) {
      const request = JSON.parse((await account.item('request'))?.['request']?.S ?? '');
      const { directory: made } = request;
      const nulls = Object.fromEntries(Object.keys(made).map((name) => [name, null]));
      const text = JSON.stringify({ ...request, directory: { ...nulls, subnetIds: [], ...adopted } });
      await account.keep('orders', 'request', { request: text });
    }

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: true });

    expect(account.messages).toMatchObject([
      {
        subject: 'Forestbridge: the trust with corp.example.com is gone',
        body: expect.stringMatching(
          new RegExp(
            `^The trust ${trustId} of the directory ${directory} with corp\\.example\\.com, made for the request orders, was Verified and is gone\\.\nNobody logs in through it any more\\. .*CloudTrail's DeleteTrust.*start a new execution of the request orders`,
          ),
        ),
      },
    ]);
    expect(await stateOf(account)).toBe('Deleted');
  });

  it('tells whose it was also where an earlier version wrote the request otherwise', async () => {
    const account = await turned('Verified', 'gone');
    const request = {
      directory: { directoryId: null, name: 'aws.example.com', size: 'Small' },
      onPremises: { domainName: 'corp.example.com' },
    };
    await account.keep('orders', 'request', { request: JSON.stringify(request) });

    await account.run(reportTrust, input);

    expect(account.messages[0]?.body).toContain(' of the directory aws.example.com with corp.example.com, ');
  });

  it('takes one for gone that AWS shows as Deleted', async () => {
    const account = await turned('Verified', 'Verified');
    account.answering('DescribeTrusts', { Trusts: [{ TrustId: trustId, TrustState: 'Deleted' }] });

    await account.run(reportTrust, input);

    expect(account.messages).toMatchObject([{ subject: expect.stringMatching(/is gone$/) }]);
  });

  it('tells that it is gone also where the request has no result', async () => {
    const account = await turned('Verified', 'gone');
    account.disturb((call, answer) =>
      JSON.stringify(call.input).includes('"result"') ? Promise.resolve({}) : answer(),
    );

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: true });
  });

  it('tells nobody that a trust is gone which a repair has made anew, and writes that down', async () => {
    const account = await turned('Verified', 'gone');
    await account.keep('orders', 'result', { result: JSON.stringify({ trust: { id: 't-0987654321' } }) });

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: false });

    expect(account.messages).toEqual([]);
    expect(await stateOf(account)).toBe('Deleted');
  });

  it('tells nobody either where AWS still shows the one before the repair as Deleted', async () => {
    const account = await turned('Verified', 'Verified');
    await account.keep('orders', 'result', { result: JSON.stringify({ trust: { id: 't-0987654321' } }) });
    account.answering('DescribeTrusts', { Trusts: [{ TrustId: trustId, TrustState: 'Deleted' }] });

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: false });
  });
});
