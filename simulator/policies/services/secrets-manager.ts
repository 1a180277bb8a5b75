// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import type { Access } from '../access.ts';
import { keyOf, withKey } from '../encryption.ts';
import { anywhere, arn, on, type Resource, resource, sentTags, tagged } from '../resources.ts';
import type { Doubt, Rows, Surroundings } from '../rows.ts';

export const unverified: readonly Doubt[] = [
  {
    operation: 'secretsmanager:CreateSecret',
    why: 'Whether the ARN of a secret that is not there has the six characters at its end. Both must be allowed; likewise DescribeSecret on what is missing.',
  },
  {
    operation: 'secretsmanager:PutSecretValue',
    why: "Whether it needs kms:Decrypt on a customer's key beside kms:GenerateDataKey. Both are asked for.",
  },
];

/** A secret by its name or ARN; what is not there may be called with and without the characters that AWS adds. */
const secret = (at: Surroundings, id = '*'): Resource => {
  const found = at.world.secrets.find(id);
  if (found !== undefined)
    return resource(found.arn, {
      ...tagged(found.tags, 'aws:ResourceTag', 'secretsmanager:ResourceTag'),
      'secretsmanager:SecretId': [found.arn],
    });
  if (id.startsWith('arn:')) return resource(id, { 'secretsmanager:SecretId': [id] });
  const bare = arn(at, 'secretsmanager', `secret:${id}`);
  return { arns: [bare, `${bare}-AbCdEf`], context: {} };
};

/** What Secrets Manager does with a customer's key; its own it uses without asking. */
const withKeyOf = (
  at: Surroundings,
  keyId: string | null | undefined,
  secretArn: string | undefined,
  ...actions: readonly string[]
): readonly Access[] => {
  if (!keyId || keyId.endsWith('alias/aws/secretsmanager')) return [];
  const context = secretArn === undefined ? {} : { 'kms:EncryptionContext:SecretARN': [secretArn] };
  return withKey(at, keyOf(at, keyId, 'secretsmanager'), 'secretsmanager', actions, context);
};

type Named = (input: { readonly SecretId?: string | undefined }, at: Surroundings) => readonly Access[];

const onSecret =
  (operation: string, ...keyActions: readonly string[]): Named =>
  ({ SecretId }, at) => {
    const { kmsKeyId, arn } = at.world.secrets.find(SecretId ?? '') ?? {};
    return [
      on(`secretsmanager:${operation}`, secret(at, SecretId)),
      ...(keyActions.length === 0 ? [] : withKeyOf(at, kmsKeyId, arn, ...keyActions)),
    ];
  };

export const secretsManager: Rows<typeof SecretsManager> = {
  CreateSecret({ Name = '*', Tags, KmsKeyId }, at) {
    const created = secret(at, Name);
    const sent = sentTags(Tags);
    return [
      on('secretsmanager:CreateSecret', created, { ...sent, 'secretsmanager:Name': [Name] }),
      ...(Object.keys(sent).length === 0 ? [] : [on('secretsmanager:TagResource', created, sent)]),
      ...withKeyOf(at, KmsKeyId, undefined, 'GenerateDataKey', 'Decrypt'),
    ];
  },

  DeleteSecret: onSecret('DeleteSecret'),
  DescribeSecret: onSecret('DescribeSecret'),
  GetSecretValue: onSecret('GetSecretValue', 'Decrypt'),
  PutSecretValue: onSecret('PutSecretValue', 'GenerateDataKey', 'Decrypt'),
  RestoreSecret: onSecret('RestoreSecret'),
  GetRandomPassword: () => anywhere('secretsmanager:GetRandomPassword'),
};
