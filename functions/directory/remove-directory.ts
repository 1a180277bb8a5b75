import {
  DeleteDirectoryCommand,
  type DirectoryDescription,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { DirectoryFailed, NotReady } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { lastAttempt } from './attempt.ts';
import { directoriesNamed } from './find-directory.ts';
import { throwNotYet } from './not-yet.ts';
import { superfluous } from './superfluous.ts';
import { isLeaving } from './tagged.ts';

/** Deletes a directory; an earlier call, whose answer was lost, may have done it. */
const deleteDirectory = (client: DirectoryServiceClient, directory: DirectoryDescription): Promise<unknown> =>
  client
    .send(new DeleteDirectoryCommand({ DirectoryId: directory.DirectoryId }))
    .catch((error: unknown) => throwNotYet(error, directory, 'deleted'));

/**
 * Removes what is the request's own and not needed: a directory that failed in its first minutes, and the twin of one.
 * It goes by the ledger and the tag alone, whoever called it; done when none that was confirmed is left.
 */
export const removeDirectory = step({
  name: 'remove-directory',
  input: z.object({ owner: ownerSchema, directory: z.object({ name: z.string().min(1) }) }),
  /** Whether the directory is to be made once more. */
  output: z.object({ anew: z.boolean() }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run({ owner, directory: { name } }, { directoryService, dynamodb, settings, now }) {
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const { entry } = await lastAttempt(ledger, name);
    if (entry === undefined) return { anew: false };
    const all = await directoriesNamed(directoryService, name);
    const present = all.filter(({ Stage }) => Stage !== 'Deleting');
    const due = await superfluous(directoryService, present, entry, owner.requestId);
    for (const directory of due) await deleteDirectory(directoryService, directory);
    const failed = all.find(
      (directory) => directory.DirectoryId === entry.before && !due.includes(directory),
    );
    const leaving = failed !== undefined && (await isLeaving(directoryService, failed)) ? [failed] : [];
    const ids = [...due, ...leaving].map(({ DirectoryId }) => DirectoryId);
    if (ids.length > 0) throw new NotReady(`Directories of no use are being deleted: ${ids.join(', ')}.`);
    return { anew: entry.before !== undefined && entry.id === undefined && failed === undefined };
  },
});
