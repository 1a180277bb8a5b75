import { describe, expect, it } from 'vitest';
import { reportTrust } from '../../../functions/report/report-trust.ts';
import type { Trust, TrustState } from '../../../simulator/world/directories.ts';
import { input, stateOf, turned } from '../../support/turned-trust.ts';
import { trustId, watch } from '../../support/watch-account.ts';

const contactless = 'The specified domain does not exist or could not be contacted. Name: corp.example.com';

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

  it.each(['VerifyFailed', 'gone'] as const)('tells once, however often it is asked: %s', async (is) => {
    const account = await turned('Verified', is);
    await account.run(reportTrust, input);
    const written = await account.item(`trust#${trustId}`);

    for (const execution of [watch, `${watch}-again`])
      await expect(account.run(reportTrust, { ...input, execution })).resolves.toMatchObject({ told: false });

    expect(account.messages).toHaveLength(1);
    expect(await account.item(`trust#${trustId}`)).toEqual(written);
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
});
