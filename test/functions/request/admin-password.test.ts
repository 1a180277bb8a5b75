import { describe, expect, it } from 'vitest';
import { keepSecrets } from '../../../functions/request/keep-secrets.ts';
import { databaseAccount } from '../../support/database-account.ts';
import { input, name, secretOf } from '../../support/kept-secret.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

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

describe('the password of the directory’s Admin', () => {
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
