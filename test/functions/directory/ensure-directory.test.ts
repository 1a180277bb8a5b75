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
import { mishaps } from '../../support/mishaps.ts';
import { directoryId, directoryName, trustAccount } from '../../support/trust-account.ts';

const nobody = { name: null, shortName: null, vpcId: null, subnetIds: [], edition: null, description: null };
const adopted = { directoryId, ...nobody };
const adoptedInput = { directory: adopted, adminSecretArn: null, tags: {} };

const refusal = (errorName: string, message: RegExp) => ({
  name: errorName,
  message: expect.stringMatching(message),
});

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

  it('finds the directory by its name where AWS does not tell the id', async () => {
    const account = await directoryAccount();
    account.disturb(async (call, answer) => {
      const answered = await answer();
      return call.operation === 'CreateMicrosoftAD' ? {} : answered;
    });

    await account.settle(ensureDirectory, account.input, 600);

    expect(named(account)).toHaveLength(1);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: named(account)[0]?.directoryId });
  });

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

  it('does not take over a directory of that name that it did not make', async () => {
    const account = await directoryAccount();
    const foreign = place(account);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal(
        'Conflict',
        new RegExp(`exists, ${foreign.directoryId}, .* write "directoryId": "${foreign.directoryId}"`),
      ),
    );

    expect(named(account)).toEqual([foreign]);
    expect(await account.entries()).toEqual({});
  });

  it('does not wait for one that somebody else has AWS make', async () => {
    const account = await directoryAccount();
    const foreign = place(account);
    foreign.stage = 'Creating';

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('Conflict', new RegExp(`exists, ${foreign.directoryId}`)),
    );
  });

  it('does not take over a directory that somebody made after its own was deleted', async () => {
    const account = await directoryAccount();
    const { directories } = account.world;
    await account.settle(ensureDirectory, account.input, 600);
    for (const mine of named(account)) directories.delete(mine);
    await account.seconds(20 * 60);
    const foreign = place(account);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('Conflict', new RegExp(foreign.directoryId)),
    );
  });

  it('knows its own among several of that name', async () => {
    const account = await directoryAccount();
    await account.settle(ensureDirectory, account.input, 600);
    const [mine] = named(account);
    account.world.directories.all.unshift(place(account, { edition: 'Enterprise' }));

    await expect(account.run(ensureDirectory, account.input)).resolves.toMatchObject({
      directoryId: mine?.directoryId,
    });
  });

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

  it('asks for the removal of one that failed in its first minutes, and writes down before that it comes anew', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [failed] = named(account);
    await account.seconds(5 * 60);

    for (let calls = 0; calls < 2; calls += 1)
      await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
        refusal(
          'RemovalDue',
          new RegExp(`^The directory ${failed?.directoryId} failed in its first minutes`),
        ),
      );

    expect(named(account)).toEqual([failed]);
    expect(await account.entries()).toEqual({
      [`directory#${name}`]: failed?.directoryId,
      [`directory#${name}/second`]: null,
    });
    expect(await account.ledger.find('directory', `${name}/second`)).toMatchObject({
      before: failed?.directoryId,
    });
  });

  it('asks for the removal of a twin of what the ledger names, and makes no third one', async () => {
    const account = await directoryAccount();
    account.disturb((call, answer) =>
      call.operation === 'CreateMicrosoftAD' ? mishaps.carriedOutTwice(call, answer) : answer(),
    );
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [twin, mine] = named(account);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('RemovalDue', new RegExp(`${mine?.directoryId} was made twice; ${twin?.directoryId} is to be`)),
    );

    expect(named(account)).toEqual([twin, mine]);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: mine?.directoryId });
  });

  it('looks for no twin of one that is to be removed itself', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(4.5 * 60);
    await account.run(ensureDirectory, account.input).catch(() => {});
    place(account, { tags: new Map([['forestbridge:created-for', 'orders']]) });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('RemovalDue', /failed in its first minutes/),
    );
  });

  it('waits while what failed is being deleted', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(5 * 60);
    await account.run(ensureDirectory, account.input).catch(() => {});
    for (const failed of named(account)) account.world.directories.delete(failed);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /The directory d-\w+ of the same name is being deleted/),
    );
  });

  it('ends at once where it fails late', async () => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [made] = named(account);
    await account.seconds(15 * 60);
    Object.assign(Object(made), { stage: 'Failed', changedAt: account.clock.now() });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('DirectoryFailed', /is Failed\. AWS: no reason given\. Where/),
    );

    expect(named(account)).toEqual([made]);
  });

  describe('adopts a directory by its id', () => {
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

  it.each([
    ['does not carry the tag', {}, 0],
    ['was launched much later', { tags: new Map([['forestbridge:created-for', 'orders']]) }, 600],
  ])('leaves a directory of the same name alone that %s', async (_which, difference, seconds) => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(seconds);
    const other = place(account, difference);

    await account.settle(ensureDirectory, account.input, 300);

    expect(other.stage).toBe('Active');
    expect(await account.entries()).not.toMatchObject({ [`directory#${name}`]: other.directoryId });
  });

  it("takes no other's directory for its own where the answer to its asking was lost", async () => {
    const account = await directoryAccount();
    account.disturb((call, answer) => {
      if (call.operation !== 'CreateMicrosoftAD') return answer();
      place(account);
      return mishaps.answerLost(call, answer);
    });
    await account.run(ensureDirectory, account.input).catch(() => {});
    account.disturb();

    await account.settle(ensureDirectory, account.input, 300);

    const [, mine] = named(account);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: mine?.directoryId });
    expect(mine?.tags.get('forestbridge:created-for')).toBe('orders');
  });

  it.each([
    ['is gone', 'EntityDoesNotExistException', 'NotReady'],
    ['may not be looked at', 'AccessDeniedException', 'Forbidden'],
  ])('does without the tags of a twin that %s', async (_which, code, errorName) => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    place(account);
    account.answering('ListTagsForResource', new ServiceError(code, 'No.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: errorName });
  });
});
