import { describe, expect, it } from 'vitest';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import { planTrust } from '../../../functions/trust/plan-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { entry, key, prepare } from '../../support/half-in-aws.ts';
import { directoryId, directoryName, domainName, onPremises, outgoing } from '../../support/trust-account.ts';

describe('ensure-trust, where AWS refuses,', () => {
  it.each([
    ['GetSecretValue', 'AccessDeniedException', 'Forbidden', /denied a call: Not that/],
    ['CreateTrust', 'EntityAlreadyExistsException', 'NotReady', /was not there a moment ago/],
    ['CreateTrust', 'DirectoryUnavailableException', 'NotReady', /busy at the moment/],
    [
      'CreateTrust',
      'UnsupportedOperationException',
      'TrustFailed',
      /UnsupportedOperationException: Not that\./,
    ],
  ])('names what %s refuses by %s', async (operation, code, name, message) => {
    const { account, input } = await prepare();
    account.answering(operation, new ServiceError(code, 'Not that.'));

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('takes no half for its own that was made by hand after AWS refused to make one', async () => {
    const { account, directory, input } = await prepare();
    account.answering('CreateTrust', new ServiceError('UnsupportedOperationException', 'Not now.'));
    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'TrustFailed' });
    expect(await account.entries()).toEqual({});
    account.disturb();
    const foreign = account.world.trusts.create(directory, {
      ...outgoing,
      remoteDomainName: domainName,
      password: 'theirs',
    });
    await account.seconds(200);

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'Conflict' });
    await expect(
      account.run(planTrust, {
        directory: { directoryId, name: directoryName },
        onPremises,
        trust: outgoing,
        half: null,
      }),
    ).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(/in the directory .*Forestbridge did not make that half/),
    });

    expect(directory.trusts).toEqual([foreign]);
  });

  it.each([
    ['strikes out', 'DirectoryUnavailableException', 400, {}],
    ['strikes out', 'ThrottlingException', 400, {}],
    ['keeps', 'EntityAlreadyExistsException', 400, { [entry]: null }],
    ['keeps', 'ServiceException', 500, { [entry]: null }],
  ])('%s its entry where AWS answers with %s', async (_what, code, status, expected) => {
    const { account, input } = await prepare();
    account.answering('CreateTrust', new ServiceError(code, 'No.', {}, status));

    await expect(account.run(ensureTrust, input)).rejects.toBeInstanceOf(Error);

    expect(await account.entries()).toEqual(expected);
  });

  it.each([
    ['strikes out', 'UnsupportedOperationException', {}],
    ['keeps', 'ThrottlingException', { [entry]: null }],
    ['keeps', 'DirectoryUnavailableException', { [entry]: null }],
  ])('%s the entry of an earlier call where AWS answers with %s', async (_what, code, expected) => {
    const { account, input } = await prepare();
    await account.ledger.making('half-in-aws', key);
    account.answering('CreateTrust', new ServiceError(code, 'Not now.'));

    await expect(account.run(ensureTrust, input)).rejects.toBeInstanceOf(Error);

    expect(await account.entries()).toEqual(expected);
  });
});
