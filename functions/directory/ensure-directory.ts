import {
  DeleteDirectoryCommand,
  type DirectoryDescription,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { directorySchema, tagsSchema } from '../request/schema.ts';
import { Conflict, DirectoryFailed, NotReady } from '../support/errors.ts';
import { Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { createDirectory, type NewDirectory } from './create-directory.ts';
import { directoriesNamed, directoryOf } from './find-directory.ts';
import { active, managedDirectorySchema } from './managed-directory.ts';

/** A directory that fails within these milliseconds failed by AWS's own start-up, and is worth one more try. */
const firstMinutes = 15 * 60_000;

const failedEarly = (found: DirectoryDescription): boolean =>
  found.Stage === 'Failed' &&
  Number(found.StageLastUpdatedDateTime) - Number(found.LaunchTime) < firstMinutes;

const differences = (found: DirectoryDescription, wanted: NewDirectory): string[] => [
  ...(found.ShortName?.toUpperCase() === wanted.shortName ? [] : [`its NetBIOS name is ${found.ShortName}`]),
  ...(found.VpcSettings?.VpcId === wanted.vpcId ? [] : [`it is in ${found.VpcSettings?.VpcId}`]),
  ...(found.Edition === wanted.edition ? [] : [`its edition is ${found.Edition}`]),
];

/** The request's directory: adopted where it is named by its id, else created where it is missing; ready once Active. */
export const ensureDirectory = step({
  name: 'ensure-directory',
  input: z.object({
    owner: ownerSchema,
    directory: directorySchema,
    adminSecretArn: z.string().nullable(),
    tags: tagsSchema,
  }),
  output: managedDirectorySchema,
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    secretsManager: new SecretsManagerClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run({ owner, directory, adminSecretArn, tags }, tools) {
    const { directoryService, dynamodb, settings, now } = tools;
    if (directory.directoryId !== null) {
      const found = await directoryOf(directoryService, directory.directoryId);
      if (found !== null) return active(found);
      throw new DirectoryFailed(
        `There is no directory ${directory.directoryId} in this Region. Check its id.`,
      );
    }
    const { name } = directory;
    const ledger = new Ledger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const first = await ledger.find('directory', name);
    const second = await ledger.find('directory', `${name}/second`);
    const current = second === undefined ? name : `${name}/second`;
    const all = await directoriesNamed(directoryService, name);
    const found = all.find(({ Stage }) => Stage !== 'Deleting');
    if (found === undefined) {
      if (all.some(({ DirectoryId }) => DirectoryId === first?.id))
        throw new NotReady(`The directory ${first?.id}, which failed, is being deleted.`);
      if (adminSecretArn === null)
        throw new DirectoryFailed('The Admin password of the directory is missing.');
      await ledger.making('directory', current);
      const directoryId = await createDirectory(tools, directory, adminSecretArn, tags, owner.requestId);
      await ledger.made('directory', current, directoryId);
      throw new NotReady(`The directory ${directoryId} is requested; AWS takes 20 to 45 minutes.`);
    }
    const id = String(found.DirectoryId);
    if (first === undefined)
      throw new Conflict(
        `A directory named ${name} exists, ${id}, and this request did not make it. ` +
          'To use it, name its directoryId in the request instead of a new directory.',
      );
    const different = differences(found, directory);
    if (different.length > 0)
      throw new Conflict(
        `The directory ${id} differs from the request: ${different.join(', ')}. None of it can be changed: ` +
          'correct the request, or decommission the directory first.',
      );
    if ((second ?? first).id === undefined) await ledger.made('directory', current, id);
    if (second === undefined && failedEarly(found)) {
      await ledger.making('directory', `${name}/second`);
      await directoryService.send(new DeleteDirectoryCommand({ DirectoryId: id }));
      throw new NotReady(
        `The directory ${id} failed in its first minutes; it is deleted and created once more.`,
      );
    }
    return active(found);
  },
});
