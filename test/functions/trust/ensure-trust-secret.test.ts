import { describe, expect, it } from 'vitest';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import { prepare } from '../../support/half-in-aws.ts';

describe('ensure-trust', () => {
  it.each([
    ['no secret is given', null, null, /no secret with its password was given/],
    [
      'the secret is gone',
      'gone',
      null,
      /^The trust's secret arn:\S+ cannot be read: .*find the specified secret\. Start a new execution/,
    ],
    ['the secret is scheduled for deletion', 'retired', null, /cannot be read: .*marked for deletion/],
    [
      'the secret is no JSON',
      'there',
      'pA55w0rd',
      /^The trust's secret arn:\S+ is no JSON object with a password\. Start/,
    ],
    ['the secret has no password', 'there', '{"username":"pA55w0rd"}', /is no JSON object with a password/],
    ['the password is empty', 'there', '{"password":""}', /is no JSON object with a password/],
  ])('makes nothing where %s, and never quotes it', async (_which, state, value, message) => {
    const { account, directory, secret, input } = await prepare();
    if (state === 'gone') account.secrets.remove(secret);
    if (state === 'retired') account.secrets.scheduleDeletion(secret, 7);
    if (value !== null) account.secrets.put(secret, value);
    const trustSecretArn = state === null ? null : secret.arn;

    const error = await account
      .run(ensureTrust, { ...input, trustSecretArn })
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'TrustFailed', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('pA55w0rd');
    expect(directory.trusts).toEqual([]);
    expect(await account.entries()).toEqual({});
  });
});
