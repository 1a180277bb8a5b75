import {
  AddTagsToResourceCommand,
  type DirectoryDescription,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { directorySchema } from '../request/directory.ts';
import { Conflict, DirectoryFailed, NotReady } from '../support/errors.ts';
import { type Entry, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { type OwnTag, tagList } from '../support/tags.ts';
import { isOlder } from './attempt.ts';
import { directoriesNamed } from './find-directory.ts';
import { throwNotYet } from './not-yet.ts';
import { ownTagsOf } from './tagged.ts';

interface Listed {
  readonly directory: DirectoryDescription;
  /** Its tags of the request. */
  readonly own: readonly OwnTag[];
}

/** The directories of that name that are not about to go. */
const listedNow = async (
  client: DirectoryServiceClient,
  name: string,
  requestId: string,
): Promise<readonly Listed[]> => {
  const listed: Listed[] = [];
  for (const directory of await directoriesNamed(client, name)) {
    if (directory.Stage === 'Deleting') continue;
    const own = await ownTagsOf(client, directory, requestId);
    if (own !== null) listed.push({ directory, own });
  }
  return listed;
};

/** Throws where the directory that is to be used is not listed, or has no tag of the request. */
const checkUsed = (id: string, listed: readonly Listed[], requestId: string): void => {
  const used = listed.find(({ directory }) => directory.DirectoryId === id);
  if (used === undefined)
    throw new NotReady(
      `The directory ${id} is not there at the moment. If it was deleted, start a new execution.`,
    );
  if (used.own.length > 0) return;
  throw new Conflict(
    `The directory ${id} has no tag forestbridge:created-for of the value ${requestId}. ` +
      'If this request made it, put that tag there, then redrive this execution; else name another directory in a new one.',
  );
};

/** Throws where the directory's tag lies. */
const checkLaunched = (directory: DirectoryDescription, asked: Entry): void => {
  if (!isOlder(directory, asked)) return;
  throw new Conflict(
    `The directory ${directory.DirectoryId} is tagged as created for this request, but was launched before it asked for one. ` +
      'If this request made it, too, delete it; else find out who put the tag forestbridge:created-for there, and take it away. ' +
      'Then redrive this execution.',
  );
};

/** Puts the request's tag. One that is gone needs none; one that was created just now may not take it, or have no tag yet for policies. */
const confirm = (
  client: DirectoryServiceClient,
  directory: DirectoryDescription,
  requestId: string,
): Promise<unknown> =>
  client
    .send(new AddTagsToResourceCommand({ ResourceId: directory.DirectoryId, Tags: tagList({}, requestId) }))
    .catch((error: unknown) => throwNotYet(error, directory, 'tagged'));

/**
 * Makes the directories that were created for the request its own, by the tag that all other rights depend on. What
 * creates directories cannot put it, and this puts it on nothing else: see docs/decisions/who-may-tag.md. Where one is to
 * be used, it is done only when it finds the tag there.
 */
export const confirmDirectory = step({
  name: 'confirm-directory',
  input: z.object({
    owner: ownerSchema,
    directory: directorySchema,
    /** The one that is to be used; null where none is ready yet. */
    used: z.string().nullable(),
  }),
  output: z.object({}),
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run({ owner, directory, used }, { directoryService, dynamodb, settings, now }) {
    if (directory.directoryId !== null) return {};
    const { name } = directory;
    const { requestId } = owner;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const asked = await ledger.find('directory', name);
    if (asked === undefined) return {};
    const listed = await listedNow(directoryService, name, requestId);
    if (used !== null) checkUsed(used, listed, requestId);
    const due = listed
      .filter(({ own }) => own.length > 0 && !own.includes('forestbridge:request'))
      .map(({ directory }) => directory);
    for (const each of due) checkLaunched(each, asked);
    for (const each of due) await confirm(directoryService, each, requestId);
    if (due.every(({ DirectoryId }) => DirectoryId !== used)) return {};
    throw new NotReady(
      `The directory ${used} has the tag of the request ${requestId} only now; policies see it in a moment.`,
    );
  },
});
