import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseAccount } from '../../support/database-account.ts';

const prepare = async () => {
  const account = await databaseAccount();
  const client = new SecretsManagerClient(account.configuration);
  const { ARN: arn } = await client.send(
    new CreateSecretCommand({ Name: 'a/b', SecretString: 'one', Tags: [{ Key: 'team', Value: 'x' }] }),
  );
  return { account, client, arn, SecretId: 'a/b' };
};

const markedDeleted = {
  name: 'InvalidRequestException',
  message: expect.stringContaining('marked for deletion'),
};

describe('Secrets Manager', () => {
  it('knows a secret by name, by ARN and by an ARN without its suffix', async () => {
    const { client, arn = '', SecretId } = await prepare();

    expect(arn).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:a\/b-[A-Za-z0-9]{6}$/);
    for (const id of [SecretId, arn, arn.slice(0, -7)])
      await expect(client.send(new GetSecretValueCommand({ SecretId: id }))).resolves.toMatchObject({
        ARN: arn,
        SecretString: 'one',
        VersionStages: ['AWSCURRENT'],
      });
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'a' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('keeps the version before the current one', async () => {
    const { client, SecretId } = await prepare();
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'two' }));
    const { VersionId } = await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'three' }));

    const value = async (input: object) =>
      (await client.send(new GetSecretValueCommand({ SecretId, ...input }))).SecretString;

    expect(await value({})).toBe('three');
    expect(await value({ VersionStage: 'AWSPREVIOUS' })).toBe('two');
    expect(await value({ VersionId })).toBe('three');
    await expect(value({ VersionStage: 'OTHER' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    expect(Object.values(VersionIdsToStages)).toEqual([[], ['AWSPREVIOUS'], ['AWSCURRENT']]);
  });

  it('takes a version of the same token and value once, and refuses another value', async () => {
    const { account, client, SecretId } = await prepare();
    const ClientRequestToken = '00000000-0000-4000-8000-000000000000';
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }));

    await put('two');
    await put('two');

    await expect(put('three')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    expect(account.secrets.find(SecretId)?.versions).toHaveLength(2);
  });

  it('refuses a name that is taken, also by a secret that is on its way out', async () => {
    const { client, SecretId } = await prepare();
    const again = () => client.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'two' }));

    await expect(again()).rejects.toMatchObject({ name: 'ResourceExistsException' });
    await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
    await expect(again()).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('already scheduled for deletion'),
    });
  });

  it('marks a secret deleted, gives it back, and lets it go when the window is over', async () => {
    const { account, client, SecretId } = await prepare();
    const { DeletionDate } = await client.send(
      new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }),
    );

    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
    expect(DeletedDate).toEqual(DeletionDate);
    expect(DeletionDate?.getTime()).toBe(account.clock.now() + 7 * 86_400_000);
    await expect(client.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject(markedDeleted);
    await expect(client.send(new DeleteSecretCommand({ SecretId }))).rejects.toMatchObject(markedDeleted);
    await expect(
      client.send(new PutSecretValueCommand({ SecretId, SecretString: 'two' })),
    ).rejects.toMatchObject(markedDeleted);
    const listed = async (IncludePlannedDeletion: boolean) =>
      (await client.send(new ListSecretsCommand({ IncludePlannedDeletion }))).SecretList?.length;
    expect([await listed(false), await listed(true)]).toEqual([0, 1]);

    await client.send(new RestoreSecretCommand({ SecretId }));
    await expect(client.send(new GetSecretValueCommand({ SecretId }))).resolves.toMatchObject({
      SecretString: 'one',
    });

    await account.minutes(60 * 24 * 8);
    expect(account.secrets.all).toHaveLength(1);
    await client.send(new DeleteSecretCommand({ SecretId }));
    await account.minutes(60 * 24 * 31);
    await expect(client.send(new DescribeSecretCommand({ SecretId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it.each([{ RecoveryWindowInDays: 6 }, { RecoveryWindowInDays: 31 }])('refuses %j', async (window) => {
    const { client, SecretId } = await prepare();

    await expect(client.send(new DeleteSecretCommand({ SecretId, ...window }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('deletes at once where it is forced to', async () => {
    const { account, client, SecretId } = await prepare();
    const force = { SecretId, ForceDeleteWithoutRecovery: true };

    await expect(
      client.send(new DeleteSecretCommand({ ...force, RecoveryWindowInDays: 7 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await client.send(new DeleteSecretCommand(force));

    expect(account.secrets.all).toEqual([]);
  });

  it('lists page by page', async () => {
    const { client } = await prepare();
    await client.send(new CreateSecretCommand({ Name: 'c', SecretString: 'one' }));

    const first = await client.send(new ListSecretsCommand({ MaxResults: 1 }));
    const second = await client.send(new ListSecretsCommand({ MaxResults: 1, NextToken: first.NextToken }));

    expect([first.SecretList?.[0]?.Name, second.SecretList?.[0]?.Name]).toEqual(['a/b', 'c']);
    expect(second.NextToken).toBeUndefined();
    await expect(client.send(new ListSecretsCommand({ NextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('adds and changes tags', async () => {
    const { client, SecretId } = await prepare();
    const Tags = [
      { Key: 'team', Value: 'y' },
      { Key: 'stage', Value: 'test' },
    ];

    await client.send(new TagResourceCommand({ SecretId, Tags }));

    await expect(client.send(new DescribeSecretCommand({ SecretId }))).resolves.toMatchObject({ Tags });
  });

  it('makes passwords of the characters that were asked for, one of each kind', async () => {
    const { client } = await prepare();
    const kinds = {
      ExcludeLowercase: /[a-z]/,
      ExcludeUppercase: /[A-Z]/,
      ExcludeNumbers: /[0-9]/,
      ExcludePunctuation: /[!-/:-@[-`{-~]/,
    };
    const input = fc.record({
      PasswordLength: fc.integer({ min: 4, max: 64 }),
      ExcludeLowercase: fc.boolean(),
      ExcludeUppercase: fc.boolean(),
      ExcludeNumbers: fc.boolean(),
      ExcludePunctuation: fc.constant(false),
    });
    await fc.assert(
      fc.asyncProperty(input, async (asked) => {
        const ExcludeCharacters = 'aA1"';
        const { RandomPassword = '' } = await client.send(
          new GetRandomPasswordCommand({ ...asked, ExcludeCharacters }),
        );
        expect(RandomPassword).toHaveLength(asked.PasswordLength);
        expect(RandomPassword).not.toMatch(/[aA1"]/);
        for (const [name, pattern] of Object.entries(kinds))
          expect(pattern.test(RandomPassword)).toBe(
            !Object.entries(asked).some(([key, value]) => key === name && value),
          );
      }),
    );
  });

  it('makes 32 characters where nothing is asked, and may leave kinds out where that is allowed', async () => {
    const { client } = await prepare();

    const { RandomPassword } = await client.send(new GetRandomPasswordCommand({}));
    const { RandomPassword: one } = await client.send(
      new GetRandomPasswordCommand({ PasswordLength: 1, RequireEachIncludedType: false }),
    );
    const { RandomPassword: spaces } = await client.send(
      new GetRandomPasswordCommand({
        PasswordLength: 3,
        ExcludeLowercase: true,
        ExcludeUppercase: true,
        ExcludeNumbers: true,
        ExcludePunctuation: true,
        IncludeSpace: true,
      }),
    );

    expect(RandomPassword).toHaveLength(32);
    expect(one).toHaveLength(1);
    expect(spaces).toBe('   ');
  });

  it.each([
    { PasswordLength: 3 },
    { PasswordLength: 5000 },
    { PasswordLength: 0, RequireEachIncludedType: false },
  ])('refuses a password of %j', async (input) => {
    const { client } = await prepare();

    await expect(client.send(new GetRandomPasswordCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});
