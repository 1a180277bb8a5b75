import {
  AddTagsToResourceCommand,
  type DirectoryDescription,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { directorySchema } from '../request/directory.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { Conflict, DirectoryFailed, NotReady } from '../support/errors.ts';
import { type Entry, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { tagList } from '../support/tags.ts';
import { directoriesNamed } from './find-directory.ts';
import { unconfirmed } from './tagged.ts';

/** So many milliseconds AWS's clock and ours may differ, and a listing may lag. */
const tolerance = 10 * 60_000;

/** Throws where the directory stood there before the request asked for one: then its tag lies. */
const checkLaunched = ({ DirectoryId, LaunchTime }: DirectoryDescription, { at }: Entry): void => {
  if (Number(LaunchTime) >= Date.parse(at) - tolerance) return;
  throw new Conflict(
    `The directory ${DirectoryId} is tagged as created for this request, but was launched before it asked for one. ` +
      'Find out who put the tag forestbridge:created-for there, take it away, then redrive this execution.',
  );
};

/** Puts the request's tag. A directory that is gone needs none; what was created just now may have no tag yet for policies. */
const confirm = async (
  client: DirectoryServiceClient,
  { DirectoryId }: DirectoryDescription,
  requestId: string,
): Promise<void> => {
  const Tags = tagList({}, requestId);
  await client
    .send(new AddTagsToResourceCommand({ ResourceId: DirectoryId, Tags }))
    .catch((error: unknown) => {
      if (isAwsError(error, 'AccessDeniedException'))
        throw new NotReady(`The directory ${DirectoryId} cannot be tagged yet. AWS: ${error.message}`, {
          cause: error,
        });
      if (!isAwsError(error, 'EntityDoesNotExistException')) throw error;
    });
};

/**
 * Makes the directories that were created for the request its own, by the tag that all other rights depend on. What
 * creates directories cannot put it, and this puts it on nothing else: see docs/decisions/who-may-tag.md.
 */
export const confirmDirectory = step({
  name: 'confirm-directory',
  input: z.object({ owner: ownerSchema, directory: directorySchema }),
  output: z.object({}),
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run({ owner, directory }, { directoryService, dynamodb, settings, now }) {
    if (directory.directoryId !== null) return {};
    const { name } = directory;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const entry = await ledger.find('directory', name);
    if (entry === undefined) return {};
    const present = await directoriesNamed(directoryService, name);
    const due = await unconfirmed(directoryService, present, owner.requestId);
    for (const each of due) checkLaunched(each, entry);
    for (const each of due) await confirm(directoryService, each, owner.requestId);
    if (due.length === 0) return {};
    const ids = due.map(({ DirectoryId }) => DirectoryId).join(', ');
    throw new NotReady(`${ids} got the tag of the request ${owner.requestId}; policies see it in a moment.`);
  },
});
