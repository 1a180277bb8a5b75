import { CreateMicrosoftADCommand, type DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { Directory, Tags } from '../request/schema.ts';
import { DirectoryFailed } from '../support/errors.ts';
import { tagList } from '../support/tags.ts';

export type NewDirectory = Extract<Directory, { directoryId: null }>;

const secretSchema = z.object({ password: z.string().min(1) });

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
): Promise<string> => {
  const secret = await secretsManager.send(new GetSecretValueCommand({ SecretId: adminSecretArn }));
  const { password } = secretSchema.parse(JSON.parse(secret.SecretString ?? '{}'));
  const { DirectoryId: directoryId } = await directoryService.send(
    new CreateMicrosoftADCommand({
      Name: wanted.name,
      ShortName: wanted.shortName,
      Edition: wanted.edition,
      Password: password,
      VpcSettings: { VpcId: wanted.vpcId, SubnetIds: wanted.subnetIds },
      Tags: tagList(tags, requestId),
      ...(wanted.description === null ? {} : { Description: wanted.description }),
    }),
  );
  if (directoryId === undefined)
    throw new DirectoryFailed('AWS created a directory and did not tell its id.');
  return directoryId;
};
