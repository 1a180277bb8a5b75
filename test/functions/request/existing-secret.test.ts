import { describe, expect, it } from 'vitest';
import { keepSecrets } from '../../../functions/request/keep-secrets.ts';
import { databaseAccount } from '../../support/database-account.ts';
import { input, name, renewing, secretOf } from '../../support/kept-secret.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

const tags = new Map([['forestbridge:request', 'orders']]);

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

describe('keep-secrets, where a secret was there before,', () => {
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
