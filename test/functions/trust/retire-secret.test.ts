import { describe, expect, it } from 'vitest';
import { retireSecret } from '../../../functions/trust/retire-secret.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { databaseAccount } from '../../support/database-account.ts';
import { at, mishaps } from '../../support/mishaps.ts';

const name = 'forestbridge/orders/trust';
const week = 7 * 86_400_000;

/** An account with a secret that this request made. */
const prepare = async () => {
  const account = await databaseAccount();
  const secret = account.secrets.create({ name }, 'value');
  await account.ledger.making('secret', name);
  account.calls.length = 0;
  return { account, secret, input: {} };
};

describe('retire-secret', () => {
  it('schedules the secret for deletion in a week', async () => {
    const { account, secret, input } = await prepare();

    await expect(account.run(retireSecret, input)).resolves.toEqual({});

    expect(secret.deletion).toEqual({ markedAt: account.clock.now(), goneAt: account.clock.now() + week });
    expect(await account.entries()).toEqual({ [`made#secret#${name}`]: false });
  });

  it('writes nothing for one that is scheduled already', async () => {
    const { account, secret, input } = await prepare();
    account.secrets.scheduleDeletion(secret, 30);

    await expect(account.run(retireSecret, input)).resolves.toEqual({});

    expect(account.calls).toEqual(['secretsmanager:DescribeSecret']);
  });

  it('writes nothing for one that is gone', async () => {
    const { account, secret, input } = await prepare();
    account.secrets.remove(secret);

    await expect(account.run(retireSecret, input)).resolves.toEqual({});

    expect(account.calls).toEqual(['secretsmanager:DescribeSecret']);
  });

  it('leaves a secret alone that this request did not make', async () => {
    const { account, secret, input } = await prepare();
    await account.ledger.forget('secret', name);

    await expect(account.run(retireSecret, input)).resolves.toEqual({});

    expect(secret.deletion).toBeNull();
  });

  it.each(['ResourceNotFoundException', 'InvalidRequestException'])(
    'is content where somebody else was faster (%s)',
    async (code) => {
      const { account, input } = await prepare();
      account.disturb((call, answer) =>
        call.operation === 'DeleteSecret' ? Promise.reject(new ServiceError(code, 'Gone.')) : answer(),
      );

      await expect(account.run(retireSecret, input)).resolves.toEqual({});
    },
  );

  it.each(['DescribeSecret', 'DeleteSecret'])('fails with what %s refuses', async (operation) => {
    const { account, input } = await prepare();
    account.disturb((call, answer) =>
      call.operation === operation
        ? Promise.reject(new ServiceError('InvalidParameterException', 'No.'))
        : answer(),
    );

    await expect(account.run(retireSecret, input)).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringContaining('No.'),
    });
  });

  it.each(Object.entries(mishaps))('retires it at %s, wherever it happens', async (_name, mishap) => {
    for (const position of [0, 1, 2, 3]) {
      const { account, secret, input } = await prepare();
      account.disturb(at(position, mishap));
      await account.settle(retireSecret, input);
      expect(secret.deletion).not.toBeNull();
    }
  });
});
