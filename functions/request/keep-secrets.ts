import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetRandomPasswordCommand,
  type GetRandomPasswordCommandInput,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  type Tag,
} from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { isAwsError } from '../support/aws-errors.ts';
import { Conflict, DirectoryFailed, NotReady } from '../support/errors.ts';
import { type Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { secretName } from '../support/secret-name.ts';
import { step } from '../support/step.ts';
import { isTagged, tagList } from '../support/tags.ts';
import { tagsSchema } from './tags.ts';

interface Kind {
  readonly description: string;
  readonly username: string | null;
  readonly password: GetRandomPasswordCommandInput;
}

/** Letters and digits only: nothing that a shell, JSON or Active Directory would read as something else. */
const kinds: Readonly<Record<'directory-admin' | 'trust', Kind>> = {
  'directory-admin': {
    description: 'The Admin user of the managed directory, made by Forestbridge',
    username: 'Admin',
    // AWS refuses a password with the word admin in it, in any case; without the letter d there is none.
    password: { PasswordLength: 32, ExcludePunctuation: true, ExcludeCharacters: 'dD' },
  },
  trust: {
    description: 'The password of both halves of the trust, made by Forestbridge',
    username: null,
    password: { PasswordLength: 64, ExcludePunctuation: true },
  },
};

const find = async (
  secrets: SecretsManagerClient,
  name: string,
): Promise<DescribeSecretCommandOutput | undefined> => {
  try {
    return await secrets.send(new DescribeSecretCommand({ SecretId: name }));
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
};

const drawn = async (secrets: SecretsManagerClient, { username, password }: Kind): Promise<string> => {
  const { RandomPassword } = await secrets.send(new GetRandomPasswordCommand(password));
  if (RandomPassword === undefined) throw new NotReady('Secrets Manager gave no password.');
  return JSON.stringify({ ...(username === null ? {} : { username }), password: RandomPassword });
};

const create = async (
  secrets: SecretsManagerClient,
  name: string,
  kind: Kind,
  keyArn: string,
  tags: Tag[],
): Promise<string> => {
  const SecretString = await drawn(secrets, kind);
  try {
    const { ARN = name } = await secrets.send(
      new CreateSecretCommand({
        Name: name,
        Description: kind.description,
        KmsKeyId: keyArn,
        SecretString,
        Tags: tags,
      }),
    );
    return ARN;
  } catch (error) {
    if (!isAwsError(error, 'ResourceExistsException')) throw error;
    throw new NotReady(`Secrets Manager has the secret ${name} and does not show it yet.`);
  }
};

/** Whether the directory is there already, whose Admin has the password that the secret had then. */
const hasDirectory = async (ledger: Ledger): Promise<boolean> =>
  (await ledger.all()).some(({ item, id }) => item.startsWith('made#directory#') && id !== undefined);

/** Keeps a secret under the request's name: makes it, restores it with a new value, or gives it one where that is asked for. */
export const keepSecrets = step({
  name: 'keep-secrets',
  input: z.object({
    owner: ownerSchema,
    secret: z.enum(['directory-admin', 'trust']),
    renew: z.boolean(),
    /** The domain whose controllers read the password; a tag says so, for their policies. */
    domainName: z.string().nullable().default(null),
    tags: tagsSchema,
  }),
  output: z.object({ secretArn: z.string().nullable() }),
  settings: ledgerSettings.extend({ SECRETS_KEY_ARN: z.string().min(1) }),
  clients: (configuration) => ({
    secrets: new SecretsManagerClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run({ owner, secret, renew, domainName, tags }, { secrets, dynamodb, settings, now }) {
    const name = secretName(owner.requestId, secret);
    const kind = kinds[secret];
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const found = await find(secrets, name);
    const isInUse = secret === 'directory-admin' && (await hasDirectory(ledger));
    if (found === undefined && isInUse) return { secretArn: null };
    if (found === undefined) {
      await ledger.makingAnew('secret', name);
      const secretArn = await create(
        secrets,
        name,
        kind,
        settings.SECRETS_KEY_ARN,
        tagList(domainName === null ? tags : { ...tags, 'forestbridge:domain': domainName }, owner.requestId),
      );
      await ledger.made('secret', name, secretArn);
      return { secretArn };
    }
    if (!isTagged(found.Tags, owner.requestId))
      throw new Conflict(
        `There is a secret ${name} that this request did not make: it has no tag forestbridge:request of that value. Delete it, or choose another requestId.`,
      );
    const secretArn = found.ARN ?? name;
    if (found.DeletedDate !== undefined) {
      // An entry without id stands for a value that is not settled, so a crash before the new one is noticed.
      if (!isInUse) await ledger.makingAnew('secret', name);
      await secrets.send(new RestoreSecretCommand({ SecretId: secretArn }));
    }
    const entry = await ledger.find('secret', name);
    const isSettled = entry === undefined || entry.id !== undefined;
    if (isSettled && !renew) return { secretArn };
    await secrets.send(
      new PutSecretValueCommand({ SecretId: secretArn, SecretString: await drawn(secrets, kind) }),
    );
    if (!isSettled) await ledger.made('secret', name, secretArn);
    return { secretArn };
  },
});
