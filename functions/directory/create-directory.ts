import { CreateMicrosoftADCommand, type DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { Directory } from '../request/directory.ts';
import type { Tags } from '../request/tags.ts';
import { DirectoryFailed } from '../support/errors.ts';
import { readSecret } from '../support/read-secret.ts';
import { tagList } from '../support/tags.ts';

export type NewDirectory = Extract<Directory, { directoryId: null }>;

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
  const { password } = await readSecret(secretsManager, adminSecretArn, {
    whose: "Admin's",
    value: z.object({ password: z.string().min(1) }),
    form: 'a password',
    fails: DirectoryFailed,
    ifUnreadable: 'Start a new execution, which makes a new one.',
    ifMalformed: 'Delete it, then start a new execution, which makes a new one.',
  });
  const { DirectoryId } = await directoryService.send(
    new CreateMicrosoftADCommand({
      Name: wanted.name,
      ShortName: wanted.shortName,
      Edition: wanted.edition,
      Password: password,
      VpcSettings: { VpcId: wanted.vpcId, SubnetIds: wanted.subnetIds },
      Tags: tagList(tags, requestId, 'forestbridge:created-for'),
      ...(wanted.description === null ? {} : { Description: wanted.description }),
    }),
  );
  return DirectoryId;
};
