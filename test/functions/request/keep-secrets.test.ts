import { describe, expect, it } from 'vitest';
import { keepSecrets } from '../../../functions/request/keep-secrets.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { databaseAccount } from '../../support/database-account.ts';
import { input, name, renewing, secretOf } from '../../support/kept-secret.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

describe('keep-secrets', () => {
  it('makes the password of the trust, long and of characters that need no quoting', async () => {
    const account = await databaseAccount();

    const output = await account.run(keepSecrets, input);

    const { secret, value } = secretOf(account);
    expect(output).toEqual({ secretArn: secret.arn });
    expect(value).toEqual({ password: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
    expect(Object.fromEntries(secret.tags)).toEqual({ team: 'orders', 'forestbridge:request': 'orders' });
    expect(secret.description).toContain('trust');
    expect(await account.ledger.find('secret', name)).toMatchObject({ id: secret.arn });
    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'secretsmanager:DescribeSecret',
      'dynamodb:PutItem',
      'secretsmanager:GetRandomPassword',
      'secretsmanager:CreateSecret',
      'dynamodb:UpdateItem',
      'dynamodb:GetItem',
    ]);
  });

  it('says by a tag whose domain controllers read the password', async () => {
    const account = await databaseAccount();

    await account.run(keepSecrets, { ...input, domainName: 'corp.example.com' });

    expect(Object.fromEntries(secretOf(account).secret.tags)).toEqual({
      team: 'orders',
      'forestbridge:domain': 'corp.example.com',
      'forestbridge:request': 'orders',
    });
  });

  it.each([1, 2, 3, 4, 5])('makes an Admin password by the rules of AWS (seed %i)', async (seed) => {
    const account = await databaseAccount(seed);

    await account.run(keepSecrets, { ...input, secret: 'directory-admin' });

    const { value } = secretOf(account, 'forestbridge/orders/directory-admin');
    expect(value).toEqual({
      username: 'Admin',
      // No letter d, and so no admin.
      password: expect.stringMatching(/^(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])[A-CE-Za-ce-z0-9]{32}$/),
    });
  });

  it('keeps what is there', async () => {
    const account = await databaseAccount();
    const first = await account.run(keepSecrets, input);
    account.calls.length = 0;

    const second = await account.run(keepSecrets, input);

    expect(second).toEqual(first);
    expect(account.calls).toEqual(['dynamodb:GetItem', 'secretsmanager:DescribeSecret', 'dynamodb:GetItem']);
  });

  it('does not go on where another execution overtook this one', async () => {
    const account = await databaseAccount();
    const owner = { requestId: 'orders', execution: 'arn:aws:states:eu-west-1:123456789012:execution:a:b' };

    await expect(account.run(keepSecrets, { ...input, owner })).rejects.toMatchObject({ name: 'Conflict' });

    expect(account.calls).toEqual(['dynamodb:GetItem']);
  });

  it.each([
    ['GetRandomPassword', {}, 'NotReady', 'gave no password'],
    [
      'CreateSecret',
      new ServiceError('ResourceExistsException', 'It exists.'),
      'NotReady',
      'does not show it yet',
    ],
    ['CreateSecret', new ServiceError('EncryptionFailure', 'No key.'), 'DirectoryFailed', 'No key.'],
    ['DescribeSecret', new ServiceError('InvalidParameterException', 'No.'), 'DirectoryFailed', 'No.'],
    ['DescribeSecret', new ServiceError('AccessDeniedException', 'Denied.'), 'Forbidden', 'Denied.'],
  ])('names it where %s answers %s', async (operation, answered, errorName, words) => {
    const account = await databaseAccount();
    account.disturb((call, answer) => {
      if (call.operation !== operation) return answer();
      return answered instanceof Error ? Promise.reject(answered) : Promise.resolve(answered);
    });

    await expect(account.run(keepSecrets, input)).rejects.toMatchObject({
      name: errorName,
      message: expect.stringContaining(words),
    });
  });

  it('never lets a password into its result or its errors', async () => {
    const account = await databaseAccount();
    account.disturb(async (call, answer) => {
      const answered = await answer();
      if (call.operation === 'PutSecretValue') throw new ServiceError('InvalidRequestException', 'No.');
      return answered;
    });

    const output = JSON.stringify(await account.run(keepSecrets, input));
    const error: unknown = await account.run(keepSecrets, renewing).catch((thrown: unknown) => thrown);

    const [first, second] = secretOf(account).secret.versions;
    for (const version of [first, second]) {
      const { password } = JSON.parse(version?.value ?? '{}');
      expect(password).toHaveLength(64);
      expect(output).not.toContain(password);
      expect(String(error)).not.toContain(password);
    }
  });

  it.each(Object.entries(mishaps))('makes one secret at %s, wherever it happens', async (_name, mishap) => {
    const undisturbed = await databaseAccount();
    await undisturbed.run(keepSecrets, input);

    for (const position of positionsOf(undisturbed.calls, mishap)) {
      const account = await databaseAccount();
      account.disturb(at(position, mishap));
      const output = await account.settle(keepSecrets, input);
      expect(account.secrets.all).toHaveLength(1);
      expect(output).toEqual({ secretArn: secretOf(account).secret.arn });
      expect(await account.entries()).toEqual({ [`made#secret#${name}`]: true });
    }
  });
});
