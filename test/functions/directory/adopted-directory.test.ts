import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { refusal } from '../../support/refusal.ts';
import { directoryId, directoryName, trustAccount } from '../../support/trust-account.ts';

const nobody = { name: null, shortName: null, vpcId: null, subnetIds: [], edition: null, description: null };
const adopted = { directoryId, ...nobody };
const adoptedInput = { directory: adopted, adminSecretArn: null, tags: {} };

describe('ensure-directory adopts a directory by its id', () => {
  it('and returns it, without any entry in the ledger', async () => {
    const account = await trustAccount();

    await expect(account.run(ensureDirectory, adoptedInput)).resolves.toMatchObject({
      directoryId,
      name: directoryName,
    });

    expect(account.calls).toEqual(['ds:DescribeDirectories']);
    expect(await account.entries()).toEqual({});
  });

  it.each([
    ['Creating', null, 'NotReady', /is Creating\.$/],
    ['Failed', 'No capacity', 'DirectoryFailed', /is Failed\. AWS: No capacity\. Mend it/],
    ['Impaired', null, 'DirectoryFailed', /is Impaired\. AWS: no reason given\. .*name another/],
    ['Deleting', null, 'DirectoryFailed', /is Deleting/],
  ] as const)('and judges one that is %s', async (stage, reason, errorName, message) => {
    const account = await trustAccount();
    Object.assign(account.directory, { stage, reason });

    await expect(account.run(ensureDirectory, adoptedInput)).rejects.toMatchObject(
      refusal(errorName, message),
    );
  });

  it.each([
    [{ Type: 'SimpleAD' }, /is of type SimpleAD/],
    [{ Type: 'ADConnector', Stage: 'Creating' }, /is of type ADConnector/],
    [{ Edition: 'Hybrid' }, /edition Hybrid/],
  ])('and refuses %j', async (difference, message) => {
    const account = await trustAccount();
    account.disturb(async (_call, answer) => {
      const answered = Object(await answer());
      Object.assign(answered.DirectoryDescriptions[0], difference);
      return answered;
    });

    await expect(account.run(ensureDirectory, adoptedInput)).rejects.toMatchObject(
      refusal('Conflict', message),
    );
  });

  it.each([new ServiceError('EntityDoesNotExistException', 'It does not exist.'), {}])(
    'and refuses one that is not there (%j)',
    async (answered) => {
      const account = await trustAccount();
      account.answering('DescribeDirectories', answered);

      await expect(account.run(ensureDirectory, adoptedInput)).rejects.toMatchObject(
        refusal('DirectoryFailed', /There is no directory d-1234567890 in this account and Region/),
      );
    },
  );

  it('and passes on what else AWS refuses', async () => {
    const account = await trustAccount();
    account.answering('DescribeDirectories', new ServiceError('InvalidParameterException', 'Not that.'));

    await expect(account.run(ensureDirectory, adoptedInput)).rejects.toMatchObject(
      refusal('DirectoryFailed', /Not that\./),
    );
  });
});
