import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { directoryId, directoryName, type TrustAccount, trustAccount } from '../../support/trust-account.ts';

const name = 'cloud.example.com';
const vpcId = 'vpc-0123456789abcdef0';
const subnetIds = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];
const directory = {
  directoryId: null,
  name,
  shortName: 'CLOUD',
  vpcId,
  subnetIds,
  edition: 'Standard',
  description: 'Orders',
};
const nobody = { name: null, shortName: null, vpcId: null, subnetIds: [], edition: null, description: null };
const adopted = { directoryId, ...nobody };
const adoptedInput = { directory: adopted, adminSecretArn: null, tags: {} };
const password = 'S3cret-of-the-Admin';
const id = expect.stringMatching(/^d-[0-9a-f]{10}$/);

/** An account with the Admin's secret, and what the step is to make of it. */
const prepare = async () => {
  const account = await trustAccount();
  const { arn } = account.secrets.create(
    { name: 'forestbridge/orders/directory-admin' },
    JSON.stringify({ username: 'Admin', password }),
  );
  const input = { directory, adminSecretArn: arn, tags: { team: 'orders' } };
  return { ...account, input };
};

const named = ({ world }: Pick<TrustAccount, 'world'>, wanted = name) =>
  world.directories.all.filter((one) => one.name === wanted);

/** Somebody else's directory of the wanted name, or of another. */
const place = ({ world }: Pick<TrustAccount, 'world'>, difference: object = {}) =>
  world.directories.place({
    name,
    shortName: 'CLOUD',
    edition: 'Standard',
    description: null,
    vpcId,
    subnetIds,
    tags: new Map(),
    ...difference,
  });

const refusal = (errorName: string, message: RegExp) => ({
  name: errorName,
  message: expect.stringMatching(message),
});

describe('ensure-directory', () => {
  it('asks for the directory, its tags and its description, and writes it down before', async () => {
    const account = await prepare();
    const asked: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'CreateMicrosoftAD') asked.push(call.input);
      return answer();
    });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /The directory cloud.example.com is requested; AWS takes 20 to 45 minutes/),
    );

    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'ds:DescribeDirectories',
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
          { Key: 'forestbridge:request', Value: 'orders' },
        ],
      },
    ]);
    const [made] = named(account);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: made?.directoryId });
  });

  it('leaves the description out where there is none', async () => {
    const account = await prepare();
    const input = { ...account.input, directory: { ...directory, description: null } };

    await account.run(ensureDirectory, input).catch(() => {});

    expect(named(account)[0]?.description).toBeNull();
  });

  it('waits while AWS makes it, says where it is, and makes no second one', async () => {
    const account = await prepare();
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

  it('writes nothing more once it is there', async () => {
    const account = await prepare();
    const first = await account.settle(ensureDirectory, account.input, 600);
    account.disturb();

    await expect(account.run(ensureDirectory, account.input)).resolves.toEqual(first);

    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'ds:DescribeDirectories',
    ]);
  });

  it('finds it on whatever page of the directories it is listed', async () => {
    const account = await prepare();
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
    const account = await prepare();
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
    const account = await prepare();
    account.disturb(async (call, answer) => {
      const answered = await answer();
      return call.operation === 'CreateMicrosoftAD' ? {} : answered;
    });

    await account.settle(ensureDirectory, account.input, 600);

    expect(named(account)).toHaveLength(1);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: named(account)[0]?.directoryId });
  });

  it('needs the secret with the password of the Admin', async () => {
    const account = await prepare();

    await expect(
      account.run(ensureDirectory, { ...account.input, adminSecretArn: null }),
    ).rejects.toMatchObject(refusal('DirectoryFailed', /no secret with an Admin password was given/));

    // Begun, so that keep-secrets makes a secret in a new execution.
    expect(await account.entries()).toEqual({ [`directory#${name}`]: null });
  });

  it.each([undefined, 'S3cret{', '{}', '{"password":""}', '"S3cret"'])(
    'refuses a secret that is %s, without quoting it',
    async (value) => {
      const account = await prepare();
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
    const account = await prepare();
    account.answering('GetSecretValue', new ServiceError(code, 'No.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('DirectoryFailed', message),
    );
  });

  it('lets the password of the Admin go nowhere but to CreateMicrosoftAD', async () => {
    const account = await prepare();
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
    const account = await prepare();
    account.answering('CreateMicrosoftAD', new ServiceError(code, 'Not that.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal(errorName, message),
    );
  });

  it('does not take over a directory of that name that it did not make', async () => {
    const account = await prepare();
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

  it('does not take over a directory that somebody made after its own was deleted', async () => {
    const account = await prepare();
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
    const account = await prepare();
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
    const account = await prepare();
    await account.settle(ensureDirectory, account.input, 600);
    const input = { ...account.input, directory: { ...directory, [field]: value } };

    await expect(account.run(ensureDirectory, input)).rejects.toMatchObject(refusal('Conflict', message));

    expect(named(account)).toHaveLength(1);
  });

  it('takes subnets in any order and a NetBIOS name in any case for the same', async () => {
    const account = await prepare();
    await account.settle(ensureDirectory, account.input, 600);
    account.disturb(async (call, answer) => {
      const answered = Object(await answer());
      for (const found of answered.DirectoryDescriptions ?? []) found.ShortName = 'Cloud';
      return answered;
    });
    const input = { ...account.input, directory: { ...directory, subnetIds: subnetIds.toReversed() } };

    await expect(account.run(ensureDirectory, input)).resolves.toMatchObject({ shortName: 'Cloud' });
  });

  it('is made once more where it fails in its first minutes', async () => {
    const account = await prepare();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [failed] = named(account);
    await account.seconds(5 * 60);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /failed in its first minutes; it is deleted and made once more/),
    );
    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', new RegExp(`The directory ${failed?.directoryId} .* is being deleted`)),
    );
    await expect(account.settle(ensureDirectory, account.input, 600)).resolves.toMatchObject({
      directoryId: id,
    });

    const [second] = named(account);
    expect(second?.directoryId).not.toBe(failed?.directoryId);
    expect(named(account)).toHaveLength(1);
    expect(await account.entries()).toEqual({
      [`directory#${name}`]: failed?.directoryId,
      [`directory#${name}/second`]: second?.directoryId,
    });
  });

  it('ends with the reason of AWS where the second one fails too', async () => {
    const account = await prepare();
    account.world.directories.failures = 2;

    await expect(account.settle(ensureDirectory, account.input, 600)).rejects.toMatchObject(
      refusal(
        'DirectoryFailed',
        /is Failed\. AWS: An internal service error has been encountered during the operation\. Where it is Failed/,
      ),
    );

    expect(named(account).map(({ stage }) => stage)).toEqual(['Failed']);
  });

  it('ends at once where it fails late', async () => {
    const account = await prepare();
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [made] = named(account);
    await account.seconds(15 * 60);
    Object.assign(Object(made), { stage: 'Failed', changedAt: account.clock.now() });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('DirectoryFailed', /is Failed\. AWS: no reason given\. Where/),
    );

    expect(named(account)).toEqual([made]);
  });

  it.each([
    ['the first', 0],
    ['the second', 1],
  ])('is made anew by a redrive after %s one was deleted by hand', async (_which, failures) => {
    const account = await prepare();
    account.world.directories.failures = failures;
    await account.settle(ensureDirectory, account.input, 600);
    const [mine] = named(account);
    if (mine === undefined) throw new RangeError('There is no directory.');
    account.world.directories.delete(mine);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /is being deleted/),
    );
    await account.seconds(20 * 60);
    // The answer about the new one gets lost: it must be known for ours all the same.
    account.disturb((call, answer) =>
      call.operation === 'CreateMicrosoftAD' ? mishaps.answerLost(call, answer) : answer(),
    );
    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: 'Throttled' });
    expect(Object.values(await account.entries())).not.toContain(mine.directoryId);
    const output = await account.settle(ensureDirectory, account.input, 600);

    const [anew] = named(account);
    expect(anew?.directoryId).not.toBe(mine.directoryId);
    expect(output).toMatchObject({ directoryId: anew?.directoryId });
    expect(Object.values(await account.entries()).at(-1)).toBe(anew?.directoryId);
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

  it('goes on where the failed directory is gone when it is to be deleted, and only then', async () => {
    const account = await prepare();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(5 * 60);

    account.answering('DeleteDirectory', new ServiceError('EntityDoesNotExistException', 'It is gone.'));
    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: 'NotReady' });
    account.answering('DeleteDirectory', new ServiceError('ClientException', 'Not that.'));
    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('DirectoryFailed', /Not that\./),
    );
  });

  it.each([
    ['does not carry the tag', {}, 0],
    ['was launched much later', { tags: new Map([['forestbridge:request', 'orders']]) }, 600],
  ])('leaves a directory of the same name alone that %s', async (_which, difference, seconds) => {
    const account = await prepare();
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(seconds);
    const other = place(account, difference);

    await account.settle(ensureDirectory, account.input, 300);

    expect(other.stage).toBe('Active');
    expect(await account.entries()).not.toMatchObject({ [`directory#${name}`]: other.directoryId });
  });

  it("takes no other's directory for its own where the answer to its asking was lost", async () => {
    const account = await prepare();
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
    expect(mine?.tags.get('forestbridge:request')).toBe('orders');
  });

  it.each([
    ['is gone', 'EntityDoesNotExistException', 'NotReady'],
    ['may not be looked at', 'AccessDeniedException', 'Forbidden'],
  ])('does without the tags of a twin that %s', async (_which, code, errorName) => {
    const account = await prepare();
    await account.run(ensureDirectory, account.input).catch(() => {});
    place(account);
    account.answering('ListTagsForResource', new ServiceError(code, 'No.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: errorName });
    expect(account.calls).not.toContain('ds:DeleteDirectory');
  });

  it.each(Object.entries(mishaps))(
    'makes one directory at %s, wherever it happens',
    async (_mishapName, mishap) => {
      const whole = await prepare();
      await whole.settle(ensureDirectory, whole.input, 1800);

      for (const position of positionsOf(whole.calls, mishap)) {
        const account = await prepare();
        account.disturb(at(position, mishap));
        await account.settle(ensureDirectory, account.input, 1800);
        const [mine, ...others] = named(account);
        expect(others).toEqual([]);
        expect(await account.entries()).toEqual({ [`directory#${name}`]: mine?.directoryId });
      }
    },
  );

  it.each(Object.entries(mishaps))(
    'makes it once more and no oftener at %s, wherever it happens',
    async (mishapName, mishap) => {
      const whole = await prepare();
      whole.world.directories.failures = 1;
      await whole.settle(ensureDirectory, whole.input, 900);

      for (const position of positionsOf(whole.calls, mishap)) {
        // The second of the two that are made then does not fail.
        const isFirstAsking = whole.calls.indexOf('ds:CreateMicrosoftAD') === position;
        if (mishapName === 'carriedOutTwice' && isFirstAsking) continue;
        const account = await prepare();
        account.world.directories.failures = 1;
        account.disturb(at(position, mishap));
        await account.settle(ensureDirectory, account.input, 900);
        const [mine, ...others] = named(account);
        expect(others).toEqual([]);
        expect(await account.entries()).toMatchObject({ [`directory#${name}/second`]: mine?.directoryId });
      }
    },
  );
});
