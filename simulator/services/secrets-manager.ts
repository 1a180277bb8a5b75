import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import { digits, lowerCase, password, punctuation, upperCase } from '../world/passwords.ts';
import type { Secret, Secrets, SecretVersion } from '../world/secrets.ts';
import type { Setting } from '../world/setting.ts';
import { required } from './required.ts';

const invalidRequest = (message: string): ServiceError =>
  new ServiceError('InvalidRequestException', message);
const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message);

const markedDeleted = "You can't perform this operation on the secret because it was marked for deletion.";

const known = (secrets: Secrets, id: string | undefined): Secret => {
  const secret = secrets.find(required(id, 'SecretId'));
  if (secret === undefined)
    throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return secret;
};

const usable = (secrets: Secrets, id: string | undefined): Secret => {
  const secret = known(secrets, id);
  if (secret.deletion !== null) throw invalidRequest(markedDeleted);
  return secret;
};

const stagesOf = ({ versions }: Secret, version: SecretVersion): string[] => {
  if (version === versions.at(-1)) return ['AWSCURRENT'];
  return version === versions.at(-2) ? ['AWSPREVIOUS'] : [];
};

const describe = (secret: Secret) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description ?? undefined,
  KmsKeyId: secret.kmsKeyId ?? undefined,
  OwningService: secret.owningService ?? undefined,
  CreatedDate: new Date(secret.createdAt),
  LastChangedDate: new Date(secret.versions.at(-1)?.at ?? secret.createdAt),
  DeletedDate: secret.deletion === null ? undefined : new Date(secret.deletion.goneAt),
  Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })),
});

/** The kinds of characters that a password is drawn from. */
const kindsOf = (input: SecretsManager.GetRandomPasswordRequest): readonly string[] => {
  const kinds = [
    input.ExcludeLowercase ? '' : lowerCase,
    input.ExcludeUppercase ? '' : upperCase,
    input.ExcludeNumbers ? '' : digits,
    input.ExcludePunctuation ? '' : punctuation,
    input.IncludeSpace ? ' ' : '',
  ];
  const excluded = new Set(input.ExcludeCharacters);
  return kinds
    .map((kind) =>
      kind
        .split('')
        .filter((character) => !excluded.has(character))
        .join(''),
    )
    .filter((kind) => kind !== '');
};

const tagMap = (tags: readonly SecretsManager.Tag[] | undefined): Map<string, string> =>
  new Map(tags?.map(({ Key, Value }) => [required(Key, 'Key'), Value ?? '']));

/** Secrets Manager: secrets with their versions, their deletion and its recovery, and passwords by chance. */
export const secretsManager = (
  secrets: Secrets,
  { random }: Pick<Setting, 'random'>,
): Operations<typeof SecretsManager> => ({
  CreateSecret(input) {
    const name = required(input.Name, 'Name');
    const there = secrets.find(name);
    if (there !== undefined && there.deletion !== null)
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    if (there !== undefined)
      throw new ServiceError(
        'ResourceExistsException',
        `The operation failed because the secret ${name} already exists.`,
      );
    const secret = secrets.create(
      {
        name,
        description: input.Description ?? null,
        kmsKeyId: input.KmsKeyId ?? null,
        tags: tagMap(input.Tags),
      },
      required(input.SecretString, 'SecretString'),
    );
    return { ARN: secret.arn, Name: secret.name, VersionId: secret.versions.at(-1)?.id };
  },

  GetSecretValue({ SecretId, VersionId, VersionStage }) {
    const secret = usable(secrets, SecretId);
    const version = secret.versions.find((each) =>
      VersionId === undefined
        ? stagesOf(secret, each).includes(VersionStage ?? 'AWSCURRENT')
        : each.id === VersionId,
    );
    if (version === undefined)
      throw new ServiceError(
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret value.",
      );
    return {
      ARN: secret.arn,
      Name: secret.name,
      SecretString: version.value,
      VersionId: version.id,
      VersionStages: stagesOf(secret, version),
      CreatedDate: new Date(version.at),
    };
  },

  PutSecretValue({ SecretId, SecretString, ClientRequestToken }) {
    const secret = usable(secrets, SecretId);
    const value = required(SecretString, 'SecretString');
    const same = secret.versions.find(({ id }) => id === ClientRequestToken);
    if (same !== undefined && same.value !== value)
      throw new ServiceError(
        'ResourceExistsException',
        `The operation failed because the version ${same.id} already exists with another value.`,
      );
    const version = same ?? secrets.put(secret, value, ClientRequestToken);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: stagesOf(secret, version),
    };
  },

  DescribeSecret({ SecretId }) {
    const secret = known(secrets, SecretId);
    const stages = secret.versions.map((version) => [version.id, stagesOf(secret, version)] as const);
    return { ...describe(secret), VersionIdsToStages: Object.fromEntries(stages) };
  },

  DeleteSecret({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery }) {
    const secret = known(secrets, SecretId);
    if (ForceDeleteWithoutRecovery) {
      if (RecoveryWindowInDays !== undefined)
        throw invalidParameter(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        );
      secrets.remove(secret);
      return { ARN: secret.arn, Name: secret.name };
    }
    if (secret.deletion !== null) throw invalidRequest(markedDeleted);
    const days = RecoveryWindowInDays ?? 30;
    if (days < 7 || days > 30)
      throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
    secrets.scheduleDeletion(secret, days);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: describe(secret).DeletedDate };
  },

  RestoreSecret({ SecretId }) {
    const secret = known(secrets, SecretId);
    secret.deletion = null;
    return { ARN: secret.arn, Name: secret.name };
  },

  ListSecrets({ IncludePlannedDeletion, MaxResults, NextToken }) {
    const all = secrets.all.filter(({ deletion }) => deletion === null || IncludePlannedDeletion);
    const start = Number(NextToken ?? 0);
    if (!Number.isInteger(start))
      throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
    const end = start + (MaxResults ?? 100);
    return {
      SecretList: all.slice(start, end).map(describe),
      NextToken: end < all.length ? String(end) : undefined,
    };
  },

  GetRandomPassword(input) {
    const kinds = kindsOf(input);
    const length = input.PasswordLength ?? 32;
    const requireEach = input.RequireEachIncludedType ?? true;
    if (kinds.length === 0 || length > 4096 || length < (requireEach ? kinds.length : 1))
      throw invalidParameter('No password of that length and of those characters can be made.');
    return { RandomPassword: password(random, kinds, length, requireEach) };
  },

  TagResource({ SecretId, Tags }) {
    const secret = usable(secrets, SecretId);
    for (const [key, value] of tagMap(Tags)) secret.tags.set(key, value);
    return {};
  },
});
