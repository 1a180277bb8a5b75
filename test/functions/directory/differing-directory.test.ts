import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { directory, directoryAccount, named, subnetIds } from '../../support/directory-account.ts';
import { refusal } from '../../support/refusal.ts';

describe('ensure-directory, where the request has changed,', () => {
  it.each([
    ['vpcId', 'vpc-0123456789abcdef1', /VPC vpc-0123456789abcdef0 instead of vpc-0123456789abcdef1/],
    ['edition', 'Enterprise', /edition Standard instead of Enterprise/],
    ['shortName', 'SKY', /NetBIOS name CLOUD instead of SKY/],
    [
      'subnetIds',
      ['subnet-0000000000000000a', 'subnet-0000000000000000c'],
      /subnets subnet-0000000000000000a and subnet-0000000000000000b instead of .*c\. None/,
    ],
  ])('is a conflict where the request has another %s than what it made', async (field, value, message) => {
    const account = await directoryAccount();
    await account.settle(ensureDirectory, account.input, 600);
    const input = { ...account.input, directory: { ...directory, [field]: value } };

    await expect(account.run(ensureDirectory, input)).rejects.toMatchObject(refusal('Conflict', message));

    expect(named(account)).toHaveLength(1);
  });

  it('says so of another edition while AWS makes it', async () => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    const input = { ...account.input, directory: { ...directory, edition: 'Enterprise' } };

    await expect(account.run(ensureDirectory, input)).rejects.toMatchObject(
      refusal('Conflict', /edition Standard instead of Enterprise/),
    );
  });

  it('takes subnets in any order and a NetBIOS name in any case for the same', async () => {
    const account = await directoryAccount();
    await account.settle(ensureDirectory, account.input, 600);
    account.disturb(async (call, answer) => {
      const answered = Object(await answer());
      for (const found of answered.DirectoryDescriptions ?? []) found.ShortName = 'Cloud';
      return answered;
    });
    const input = { ...account.input, directory: { ...directory, subnetIds: subnetIds.toReversed() } };

    await expect(account.run(ensureDirectory, input)).resolves.toMatchObject({ shortName: 'Cloud' });
  });
});
