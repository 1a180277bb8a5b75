import { describe, expect, it } from 'vitest';
import { reportTrust } from '../../../functions/report/report-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { Trust, TrustState } from '../../../simulator/world/directories.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { trustId, watch, watchAccount } from '../../support/watch-account.ts';

const input = { requestId: 'orders', trustId, execution: watch, failure: null };
const contactless = 'The specified domain does not exist or could not be contacted. Name: corp.example.com';

/** An account in which people heard of one state, and AWS has the trust in another one half an hour later. */
const turned = async (was: string, is: TrustState | 'gone', difference: Partial<Trust> = {}) => {
  const account = await watchAccount(difference);
  const { trust, clock, directory } = account;
  await account.keep('orders', `trust#${trustId}`, { state: was });
  await clock.sleep(1_800_000);
  if (is === 'gone') directory.trusts.length = 0;
  else Object.assign(trust, { state: is, changedAt: clock.now() });
  await clock.sleep(60_000);
  account.disturb();
  return account;
};

const stateOf = async ({ item }: Awaited<ReturnType<typeof watchAccount>>) =>
  (await item(`trust#${trustId}`))?.['state']?.S;

describe('report-trust', () => {
  it.each<[TrustState, Partial<Trust>]>([
    ['Verified', {}],
    ['VerifyFailed', { reason: contactless }],
    ['Created', { direction: 'One-Way: Incoming' }],
  ])('tells nobody and writes nothing where a trust is %s as before', async (state, difference) => {
    const account = await turned(state, state, difference);

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: false });

    expect(account.messages).toEqual([]);
    expect(account.calls).toEqual(['dynamodb:GetItem', 'dynamodb:GetItem', 'ds:DescribeTrusts']);
  });

  it('tells that a trust does not verify any more, with AWS’s reason and what to do', async () => {
    const account = await turned('Verified', 'VerifyFailed', { reason: contactless });

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: true });

    expect(account.messages).toMatchObject([
      {
        subject: 'Forestbridge: the trust with corp.example.com is VerifyFailed',
        body: [
          `The trust ${trustId} of the directory d-1234567890 with corp.example.com, made for the request orders, was Verified and is VerifyFailed since 2025-01-01T00:30:00Z.`,
          `AWS: ${contactless}. Usually the directory does not reach the company's domain controllers or DNS servers, or they do not reach it: look at the conditional forwarders on both sides, the outbound rules of the directory's security group, network ACLs, routes, and the company's firewalls; DNS servers with public addresses need an IP route in the directory. A forwarder that was changed is cached for some minutes. Mend that. Next: when that is done, wait for the next check, or start an execution of the state machine forestbridge-check-trusts at once: it tells when the trust's state has changed.`,
        ].join('\n'),
      },
    ]);
    expect(await account.item(`trust#${trustId}`)).toEqual({
      requestId: { S: 'orders' },
      item: { S: `trust#${trustId}` },
      state: { S: 'VerifyFailed' },
      execution: { S: watch },
      at: { S: '2025-01-01T00:31:00.000Z' },
    });
  });

  it.each([
    ['Access is denied', /Usually the two halves have different passwords.* or the first sites/],
    ['The operation could not be performed on this domain', /same NetBIOS name/],
    ['Required and valid domain name', /single label/],
    ['Something new', /AWSSupport-TroubleshootDirectoryTrust, which checks network and names\. Next: /],
    [null, /AWS gives no reason\./],
  ])('says what usually causes %j, and asks for no redrive: no execution waits', async (reason, cause) => {
    const account = await turned('Verified', 'VerifyFailed', { reason });

    await account.run(reportTrust, input);

    expect(account.messages[0]?.body).toMatch(cause);
    expect(account.messages[0]?.body).not.toMatch(/redriv/);
  });

  it.each<[string, TrustState, Partial<Trust>, string]>([
    ['VerifyFailed', 'Verified', {}, 'AWS has verified it. Nothing has to be done.'],
    [
      'Failed',
      'Created',
      { direction: 'One-Way: Incoming' },
      'It stands; AWS does not verify an incoming trust. Nothing has to be done.',
    ],
  ])('tells that a trust stands again: it was %s and is %s', async (was, is, difference, end) => {
    const account = await turned(was, is, difference);

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: true });

    expect(account.messages).toMatchObject([
      {
        subject: `Forestbridge: the trust with corp.example.com is ${is}`,
        body: `The trust ${trustId} of the directory d-1234567890 with corp.example.com, made for the request orders, was ${was} and is ${is} since 2025-01-01T00:30:00Z.\n${end}`,
      },
    ]);
    expect(await stateOf(account)).toBe(is);
  });

  it.each<TrustState>(['Failed', 'VerifyFailed'])('tells of an incoming trust that is %s', async (is) => {
    const account = await turned('Created', is, {
      direction: 'One-Way: Incoming',
      reason: 'Access is denied',
    });

    await account.run(reportTrust, input);

    expect(account.messages).toMatchObject([{ body: expect.stringContaining('Access is denied. Usually') }]);
  });

  it('says of a Failed one that only a new execution helps: AWS does not verify it any more', async () => {
    const account = await turned('Verified', 'Failed', { reason: contactless });

    await account.run(reportTrust, input);

    expect(account.messages[0]?.body).toMatch(
      / Mend that\. Next: when that is done, start a new execution of the request orders, .*AWS does not verify/,
    );
    expect(account.messages[0]?.body).not.toContain('next check');
  });

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

  it.each(['VerifyFailed', 'gone'] as const)('tells once, however often it is asked: %s', async (is) => {
    const account = await turned('Verified', is);
    await account.run(reportTrust, input);
    const written = await account.item(`trust#${trustId}`);

    for (const execution of [watch, `${watch}-again`])
      await expect(account.run(reportTrust, { ...input, execution })).resolves.toMatchObject({ told: false });

    expect(account.messages).toHaveLength(1);
    expect(await account.item(`trust#${trustId}`)).toEqual(written);
  });

  it('is not held up by the verdict that it tells of', async () => {
    const account = await turned('Verified', 'VerifyFailed', { reason: 'Access is denied' });
    const failure = { error: 'TrustFailed', cause: '{"errorMessage":"It could not be verified."}' };

    await expect(account.run(reportTrust, { ...input, failure })).resolves.toEqual({ trustId, told: true });
  });

  it.each<[string, Partial<Trust>]>([
    ['Verified', {}],
    ['VerifyFailed', {}],
  ])(
    'ends with the failure of the question where AWS has no other verdict than before (heard: %s)',
    async (was, difference) => {
      const account = await turned(was, 'Verified', difference);
      const failure = { error: 'TrustFailed', cause: '{"errorMessage":"ClientException: No."}' };

      await expect(account.run(reportTrust, { ...input, failure })).rejects.toMatchObject({
        name: 'TrustFailed',
        message: 'ClientException: No.',
      });

      expect(account.messages).toEqual([]);
      expect(await stateOf(account)).toBe(was);
    },
  );

  it.each<TrustState>(['Creating', 'Verifying', 'Updating', 'Deleting'])(
    'waits while AWS has it as %s',
    async (is) => {
      const account = await turned('Verified', is);

      await expect(account.run(reportTrust, input)).rejects.toMatchObject({
        name: 'NotReady',
        message: `The trust ${trustId} with corp.example.com is ${is}.`,
      });
      expect(account.messages).toEqual([]);
    },
  );

  it('waits where AWS shows no state', async () => {
    const account = await turned('Verified', 'Verified');
    account.answering('DescribeTrusts', { Trusts: [{ TrustId: trustId }] });

    await expect(account.run(reportTrust, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('is without a state.'),
    });
  });

  it('tells also where AWS does not say since when', async () => {
    const account = await turned('Verified', 'VerifyFailed');
    const shown = { TrustId: trustId, TrustState: 'VerifyFailed', RemoteDomainName: 'corp.example.com' };
    account.answering('DescribeTrusts', { Trusts: [shown] });

    await account.run(reportTrust, input);

    expect(account.messages[0]?.body).toContain(', was Verified and is VerifyFailed.\nAWS gives no reason.');
  });

  it('has a subject that SNS takes, however long the domain is called', async () => {
    const remoteDomainName = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`;
    const account = await turned('Verified', 'VerifyFailed', { remoteDomainName });

    await account.run(reportTrust, input);

    expect(account.messages[0]?.subject?.length).toBeLessThanOrEqual(100);
    expect(account.messages[0]?.body).toContain(remoteDomainName);
  });

  it('leaves a trust alone while an execution of its request is at work', async () => {
    const account = await turned('Verified', 'VerifyFailed');
    const execution = await account.atWork();

    await expect(account.run(reportTrust, input)).resolves.toEqual({ trustId, told: false });

    expect(account.messages).toEqual([]);
    expect(await stateOf(account)).toBe('Verified');
    execution.stop(undefined, undefined);
  });

  it('has nothing to say of a trust that the ledger does not know', async () => {
    const account = await turned('Verified', 'gone');

    await expect(account.run(reportTrust, { ...input, requestId: 'others' })).resolves.toEqual({
      trustId,
      told: false,
    });

    expect(account.messages).toEqual([]);
    expect(await account.item(`trust#${trustId}`, 'others')).toBeUndefined();
  });

  it('does not write over what somebody else has written meanwhile', async () => {
    const account = await turned('Verified', 'VerifyFailed');
    account.disturb(async (call, answer) => {
      if (call.operation === 'Publish')
        await account.keep('orders', `trust#${trustId}`, { state: 'Created' });
      return answer();
    });

    await account.run(reportTrust, input);

    expect(await stateOf(account)).toBe('Created');
  });

  it('asks the ledger for what was written last', async () => {
    const account = await turned('Verified', 'gone');
    const reads: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'GetItem') reads.push(call.input);
      return answer();
    });

    await account.run(reportTrust, input);

    expect(reads).toHaveLength(4);
    expect(reads).toEqual(reads.map(() => expect.objectContaining({ ConsistentRead: true })));
  });

  it.each([
    ['DescribeTrusts', 'InvalidParameterException'],
    ['Publish', 'NotFound'],
    ['UpdateItem', 'ResourceNotFoundException'],
  ])('fails with what %s refuses', async (operation, code) => {
    const account = await turned('Verified', 'VerifyFailed');
    account.answering(operation, new ServiceError(code, 'No.'));

    await expect(account.run(reportTrust, input)).rejects.toMatchObject({
      name: 'Forbidden',
      message: expect.stringContaining(': No.'),
    });
  });

  it.each(Object.entries(mishaps))('comes to the same by whatever call %s', async (name, mishap) => {
    const undisturbed = await turned('Verified', 'VerifyFailed');
    await undisturbed.run(reportTrust, input);
    const calls = [...undisturbed.calls];
    expect(calls.slice(-2)).toEqual(['sns:Publish', 'dynamodb:UpdateItem']);

    for (const [position, call] of calls.entries()) {
      const account = await turned('Verified', 'VerifyFailed');
      account.disturb(at(position, mishap));
      const first = account.run(reportTrust, input);
      if (name === 'carriedOutTwice') await first;
      else await expect(first).rejects.toMatchObject({ name: 'Throttled' });

      await account.run(reportTrust, input);

      // SNS takes whatever it is given; only there a message can come twice, or where nobody wrote that it came.
      const isPublished = call === 'sns:Publish' && ['carriedOutTwice', 'answerLost'].includes(name);
      const isUnwritten = call === 'dynamodb:UpdateItem' && ['callLost', 'throttled'].includes(name);
      expect(account.messages, call).toHaveLength(isPublished || isUnwritten ? 2 : 1);
      expect(await stateOf(account)).toBe('VerifyFailed');
    }
  });
});
