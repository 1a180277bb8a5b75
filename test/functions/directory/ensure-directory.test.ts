import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import {
  directory,
  directoryAccount,
  name,
  named,
  password,
  place,
  subnetIds,
  vpcId,
} from '../../support/directory-account.ts';
import { refusal } from '../../support/refusal.ts';

describe('ensure-directory', () => {
  it('asks for the directory, its tags and its description, and writes it down before', async () => {
    const account = await directoryAccount();
    const asked: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'CreateMicrosoftAD') asked.push(call.input);
      return answer();
    });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /The directory cloud.example.com is requested; AWS takes 20 to 45 minutes/),
    );

    expect(account.calls).toEqual([
      'ds:DescribeDirectories',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'secretsmanager:GetSecretValue',
      'ds:CreateMicrosoftAD',
      'dynamodb:UpdateItem',
    ]);
    expect(asked).toEqual([
      {
        Name: name,
        ShortName: 'CLOUD',
        Edition: 'Standard',
        Description: 'Orders',
        Password: password,
        VpcSettings: { VpcId: vpcId, SubnetIds: subnetIds },
        Tags: [
          { Key: 'team', Value: 'orders' },
          { Key: 'forestbridge:created-for', Value: 'orders' },
        ],
      },
    ]);
    const [made] = named(account);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: made?.directoryId });
  });

  it('leaves the description out where there is none', async () => {
    const account = await directoryAccount();
    const input = { ...account.input, directory: { ...directory, description: null } };

    await account.run(ensureDirectory, input).catch(() => {});

    expect(named(account)[0]?.description).toBeNull();
  });

  it('waits while AWS makes it, says where it is, and makes no second one', async () => {
    const account = await directoryAccount();
    const [made] = await account
      .run(ensureDirectory, account.input)
      .then(String, String)
      .then(() => named(account));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /is Requested\.$/),
    );
    await account.seconds(60);
    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /is Creating\.$/),
    );
    await account.seconds(45 * 60);
    await expect(account.run(ensureDirectory, account.input)).resolves.toEqual({
      directoryId: made?.directoryId,
      name,
      shortName: 'CLOUD',
      vpcId,
      subnetIds,
      securityGroupId: made?.securityGroupId,
      dnsIpAddresses: made?.dnsIpAddresses,
    });

    expect(named(account)).toHaveLength(1);
  });

  it('asks the ledger for nothing but its id while AWS makes it', async () => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(60);
    account.disturb();

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: 'NotReady' });

    expect(account.calls).toEqual(['ds:DescribeDirectories', 'dynamodb:GetItem']);
  });

  it('writes nothing more once it is there', async () => {
    const account = await directoryAccount();
    const first = await account.settle(ensureDirectory, account.input, 600);
    account.disturb();

    await expect(account.run(ensureDirectory, account.input)).resolves.toEqual(first);

    expect(account.calls).toEqual([
      'ds:DescribeDirectories',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
    ]);
  });

  it('finds it on whatever page of the directories it is listed', async () => {
    const account = await directoryAccount();
    await account.settle(ensureDirectory, account.input, 600);
    place(account, { name: 'another.example.com' });
    account.disturb((call, answer) => {
      if (call.operation === 'DescribeDirectories') Object.assign(Object(call.input), { Limit: 1 });
      return answer();
    });

    await expect(account.run(ensureDirectory, account.input)).resolves.toMatchObject({ name });

    expect(account.calls.filter((call) => call === 'ds:DescribeDirectories')).toHaveLength(3);
  });

  it('takes a list without directories for an empty one, and no answer about one for its first stage', async () => {
    const account = await directoryAccount();
    account.answering('DescribeDirectories', {});
    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: 'NotReady' });
    const [made] = named(account);
    const described = { DirectoryId: made?.directoryId, Name: 'Cloud.Example.com', Type: 'MicrosoftAD' };
    account.answering('DescribeDirectories', { DirectoryDescriptions: [described] });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /is Requested\.$/),
    );
  });

  it.each([
    ['DirectoryLimitExceededException', 'DirectoryFailed', /DirectoryLimitExceededException: Not that\./],
    ['InvalidParameterException', 'DirectoryFailed', /InvalidParameterException: Not that\./],
    ['AccessDeniedException', 'Forbidden', /Not that\. Allow it/],
  ])('names what CreateMicrosoftAD refuses by %s', async (code, errorName, message) => {
    const account = await directoryAccount();
    account.answering('CreateMicrosoftAD', new ServiceError(code, 'Not that.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal(errorName, message),
    );
  });
});
