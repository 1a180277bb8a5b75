import { describe, expect, it } from 'vitest';
import { keepSecrets } from '../../../functions/request/keep-secrets.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { type DatabaseAccount, databaseAccount } from '../../support/database-account.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

const input = { secret: 'trust', renew: false, tags: { team: 'orders' } };
const renewing = { ...input, renew: true };
const name = 'forestbridge/orders/trust';
const tags = new Map([['forestbridge:request', 'orders']]);

const secretOf = (account: DatabaseAccount, given = name) => {
  const secret = account.secrets.find(given);
  if (secret === undefined) throw new RangeError(`There is no secret ${given}.`);
  const value: unknown = JSON.parse(secret.versions.at(-1)?.value ?? 'null');
  return { secret, value };
};

/** An account whose trust secret was retired. */
const withRetiredSecret = async () => {
  const account = await databaseAccount();
  const secret = account.secrets.create({ name, tags }, 'old');
  account.secrets.scheduleDeletion(secret, 7);
  await account.ledger.making('secret', name);
  await account.ledger.made('secret', name, secret.arn);
  account.calls.length = 0;
  return { account, secret };
};

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

  it.each([
    ['its own', true],
    ['one that the ledger does not name', false],
  ])('gives %s a new value where that is asked for', async (_which, entered) => {
    const account = await databaseAccount();
    await account.run(keepSecrets, input);
    const before = secretOf(account).value;
    if (!entered) await account.ledger.forget('secret', name);

    await account.run(keepSecrets, renewing);

    const { secret, value } = secretOf(account);
    expect(value).not.toEqual(before);
    expect(value).toEqual({ password: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
    expect(secret.versions).toHaveLength(2);
    expect(await account.entries()).toEqual(entered ? { [`made#secret#${name}`]: true } : {});
  });

  it('restores a secret that is scheduled for deletion, and gives it a new value', async () => {
    const account = await databaseAccount();
    const first = await account.run(keepSecrets, input);
    const { secret, value } = secretOf(account);
    account.secrets.scheduleDeletion(secret, 7);

    const second = await account.run(keepSecrets, input);

    expect(second).toEqual(first);
    expect(secret.deletion).toBeNull();
    expect(secretOf(account).value).not.toEqual(value);
    expect(await account.entries()).toEqual({ [`made#secret#${name}`]: true });
  });

  it.each([new Map(), new Map([['forestbridge:request', 'other']])])(
    'refuses a secret of that name that another one made (%j)',
    async (foreign) => {
      const account = await databaseAccount();
      const secret = account.secrets.create({ name, tags: foreign }, 'theirs');

      await expect(account.run(keepSecrets, renewing)).rejects.toMatchObject({
        name: 'Conflict',
        message: expect.stringContaining(`There is a secret ${name} that this request did not make`),
      });

      expect(secret.versions).toHaveLength(1);
    },
  );

  it('refuses a secret of which it knows no tags', async () => {
    const account = await databaseAccount();
    account.disturb((call, answer) =>
      call.service === 'secretsmanager' ? Promise.resolve({ Name: name }) : answer(),
    );

    await expect(account.run(keepSecrets, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`There is a secret ${name} that this request did not make`),
    });
  });

  it('goes by the name where Secrets Manager gives no ARN', async () => {
    const account = await databaseAccount();
    const noArn = { ARN: undefined };
    account.disturb(async (call, answer) => {
      const answered = Object(await answer());
      return call.service === 'secretsmanager' ? { ...answered, ...noArn } : answered;
    });

    await expect(account.run(keepSecrets, input)).resolves.toEqual({ secretArn: name });
    await expect(account.run(keepSecrets, renewing)).resolves.toEqual({ secretArn: name });

    expect(secretOf(account).secret.versions).toHaveLength(2);
  });

  it('makes it anew where it is gone, and the ledger forgets the old one before', async () => {
    const { account, secret } = await withRetiredSecret();
    account.secrets.remove(secret);
    account.disturb((call, answer) =>
      call.operation === 'CreateSecret' ? mishaps.callLost(call, answer) : answer(),
    );
    await expect(account.run(keepSecrets, input)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await account.entries()).toEqual({ [`made#secret#${name}`]: false });

    account.disturb((_call, answer) => answer());
    const output = await account.run(keepSecrets, input);

    const { arn } = secretOf(account).secret;
    expect(arn).not.toBe(secret.arn);
    expect(output).toEqual({ secretArn: arn });
    expect(await account.ledger.find('secret', name)).toMatchObject({ id: arn });
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

  it.each(Object.entries(mishaps))('never restores an old value unnoticed at %s', async (_name, mishap) => {
    const { account: undisturbed } = await withRetiredSecret();
    await undisturbed.run(keepSecrets, input);

    for (const position of positionsOf(undisturbed.calls, mishap)) {
      const { account, secret } = await withRetiredSecret();
      account.disturb(at(position, mishap));
      await account.settle(keepSecrets, input);
      expect(secret.deletion).toBeNull();
      expect(secret.versions.at(-1)?.value).toMatch(/^\{"password":"[A-Za-z0-9]{64}"\}$/);
      expect(await account.entries()).toEqual({ [`made#secret#${name}`]: true });
    }
  });
});

describe('the password of the directory’s Admin', () => {
  const adminName = 'forestbridge/orders/directory-admin';
  const directory = 'made#directory#aws.example.com';
  const admin = { ...input, secret: 'directory-admin' };

  /** An account with a secret of that kind, as the first execution left it, and a directory made or begun. */
  const withDirectory = async (made: boolean, given = admin) => {
    const account = await databaseAccount();
    await account.run(keepSecrets, given);
    await account.ledger.making('directory', 'aws.example.com');
    if (made) await account.ledger.made('directory', 'aws.example.com', 'd-1234567890');
    account.calls.length = 0;
    return { account, ...secretOf(account, given === admin ? adminName : name) };
  };
  const restoring = async () => {
    const prepared = await withDirectory(true);
    prepared.account.secrets.scheduleDeletion(prepared.secret, 7);
    return prepared;
  };

  it('stays what it was when the directory was made: its secret is restored as it is', async () => {
    const { account, secret, value } = await withDirectory(true);
    account.secrets.scheduleDeletion(secret, 7);

    await expect(account.run(keepSecrets, admin)).resolves.toEqual({ secretArn: secret.arn });

    expect(secret.deletion).toBeNull();
    expect(secret.versions).toHaveLength(1);
    expect(secretOf(account, adminName).value).toEqual(value);
    expect(await account.entries()).toEqual({ [directory]: true, [`made#secret#${adminName}`]: true });
  });

  it.each(Object.entries(mishaps))('stays what it was at %s, wherever it happens', async (_name, mishap) => {
    const { account: undisturbed } = await restoring();
    await undisturbed.run(keepSecrets, admin);

    for (const position of positionsOf(undisturbed.calls, mishap)) {
      const { account, secret } = await restoring();
      account.disturb(at(position, mishap));
      await account.settle(keepSecrets, admin);
      expect(secret.deletion).toBeNull();
      expect(secret.versions).toHaveLength(1);
      expect(await account.entries()).toEqual({ [directory]: true, [`made#secret#${adminName}`]: true });
    }
  });

  it('is not made again where it is gone: it would not be the directory’s', async () => {
    const { account, secret } = await withDirectory(true);
    account.secrets.remove(secret);

    await expect(account.run(keepSecrets, admin)).resolves.toEqual({ secretArn: null });

    expect(account.secrets.all).toEqual([]);
    expect(account.calls.filter((call) => !/:(Describe|Get|Query)/.test(call))).toEqual([]);
  });

  it.each([
    ['of a directory that is only begun', admin, false],
    ['of the trust, whatever the directory', input, true],
  ])('is not the one %s: that is renewed when it is restored', async (_which, given, made) => {
    const { account, secret, value } = await withDirectory(made, given);
    account.secrets.scheduleDeletion(secret, 7);

    await account.run(keepSecrets, given);

    expect(secretOf(account, secret.name).value).not.toEqual(value);
  });

  it.each([
    ['of a directory that is only begun', admin, false],
    ['of the trust, whatever the directory', input, true],
  ])('is not the one %s: that is made again where it is gone', async (_which, given, made) => {
    const { account, secret } = await withDirectory(made, given);
    account.secrets.remove(secret);

    const output = await account.run(keepSecrets, given);

    expect(output).toEqual({ secretArn: secretOf(account, secret.name).secret.arn });
  });
});
