import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { directoryAccount, name, named, password } from '../../support/directory-account.ts';
import { refusal } from '../../support/refusal.ts';

describe('ensure-directory', () => {
  it('needs the secret with the password of the Admin', async () => {
    const account = await directoryAccount();

    await expect(
      account.run(ensureDirectory, { ...account.input, adminSecretArn: null }),
    ).rejects.toMatchObject(refusal('DirectoryFailed', /no secret with an Admin password was given/));

    // Begun, so that keep-secrets makes a secret in a new execution.
    expect(await account.entries()).toEqual({ [`directory#${name}`]: null });
  });

  it.each([undefined, 'S3cret{', '{}', '{"password":""}', '"S3cret"'])(
    'refuses a secret that is %s, without quoting it',
    async (value) => {
      const account = await directoryAccount();
      account.answering('GetSecretValue', { SecretString: value });

      const error: unknown = await account.run(ensureDirectory, account.input).catch((thrown) => thrown);

      expect(error).toMatchObject(
        refusal(
          'DirectoryFailed',
          /The Admin's secret arn:\S+ is no JSON object with a password\. Delete it, then start a new execution/,
        ),
      );
      expect(JSON.stringify(error) + String(error)).not.toContain('S3cret');
      expect(named(account)).toEqual([]);
    },
  );

  it.each([
    ['ResourceNotFoundException', /^The Admin's secret arn:\S+ cannot be read: No\. Start a new execution/],
    ['InvalidRequestException', /cannot be read: No\. Start a new execution/],
    ['DecryptionFailure', /cannot be read: No\. Start a new execution/],
    ['InvalidParameterException', /^InvalidParameterException: No\.$/],
  ])('says what to do about a secret that cannot be read (%s)', async (code, message) => {
    const account = await directoryAccount();
    account.answering('GetSecretValue', new ServiceError(code, 'No.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('DirectoryFailed', message),
    );
  });

  it('lets the password of the Admin go nowhere but to CreateMicrosoftAD', async () => {
    const account = await directoryAccount();
    const elsewhere: unknown[] = [];
    account.disturb(async (call, answer) => {
      const output = await answer();
      if (call.operation !== 'CreateMicrosoftAD') elsewhere.push(call.input);
      if (call.operation !== 'GetSecretValue') elsewhere.push(output);
      return output;
    });
    const [waiting] = await Promise.allSettled([account.run(ensureDirectory, account.input)]);
    const output = await account.settle(ensureDirectory, account.input, 600);

    elsewhere.push(waiting, output, await account.ledger.all());
    expect(JSON.stringify(elsewhere)).not.toContain(password);
    expect(String(waiting.status === 'rejected' && waiting.reason.stack)).not.toContain(password);
  });
});
