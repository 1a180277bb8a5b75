import { CreateMicrosoftADCommand, type DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { Directory, Tags } from '../request/schema.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { DirectoryFailed } from '../support/errors.ts';
import { tagList } from '../support/tags.ts';

export type NewDirectory = Extract<Directory, { directoryId: null }>;

const secretSchema = z.object({ password: z.string().min(1) });

const valueOf = async (secrets: SecretsManagerClient, secretArn: string): Promise<string> => {
  try {
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return SecretString;
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException', 'InvalidRequestException')) throw error;
    throw new DirectoryFailed(
      `The Admin secret ${secretArn} cannot be read: ${error.message} Start a new execution, which makes a new one.`,
      { cause: error },
    );
  }
};

const readPassword = async (secrets: SecretsManagerClient, secretArn: string): Promise<string> => {
  const value = await valueOf(secrets, secretArn);
  try {
    return secretSchema.parse(JSON.parse(value)).password;
  } catch {
    // The parser's own words would quote the secret.
    throw new DirectoryFailed(
      `The Admin secret ${secretArn} is no JSON object with a password. Delete it, then start a new execution, which makes a new one.`,
    );
  }
};

interface Clients {
  readonly directoryService: DirectoryServiceClient;
  readonly secretsManager: SecretsManagerClient;
}

/** Asks for the directory, its Admin's password read from the secret; returns the directory's id. */
export const createDirectory = async (
  { directoryService, secretsManager }: Clients,
  wanted: NewDirectory,
  adminSecretArn: string,
  tags: Tags,
  requestId: string,
): Promise<string | undefined> => {
  const { DirectoryId } = await directoryService.send(
    new CreateMicrosoftADCommand({
      Name: wanted.name,
      ShortName: wanted.shortName,
      Edition: wanted.edition,
      Password: await readPassword(secretsManager, adminSecretArn),
      VpcSettings: { VpcId: wanted.vpcId, SubnetIds: wanted.subnetIds },
      Tags: tagList(tags, requestId),
      ...(wanted.description === null ? {} : { Description: wanted.description }),
    }),
  );
  return DirectoryId;
};
