import { type DirectoryDescription, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { directorySchema } from '../request/directory.ts';
import { tagsSchema } from '../request/tags.ts';
import { Conflict, DirectoryFailed, NotReady, RemovalDue } from '../support/errors.ts';
import { Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { ownTags } from '../support/tags.ts';
import { type Attempt, cameOf, lastAttempt, secondKey } from './attempt.ts';
import { createDirectory, type NewDirectory } from './create-directory.ts';
import { directoriesNamed, directoryOf } from './find-directory.ts';
import { active, isUnderWay, type ManagedDirectory, managedDirectorySchema } from './managed-directory.ts';
import { failedEarly, twinsOf } from './superfluous.ts';

const whatIfUnusable =
  'Where it is Failed, delete it, then redrive this execution, which makes it anew; else mend it, then redrive.';

const inputSchema = z.object({
  owner: ownerSchema,
  directory: directorySchema,
  adminSecretArn: z.string().nullable(),
  tags: tagsSchema,
});

interface Tools {
  readonly directoryService: DirectoryServiceClient;
  readonly secretsManager: SecretsManagerClient;
  readonly ledger: Ledger;
}

const adopt = async (client: DirectoryServiceClient, directoryId: string): Promise<ManagedDirectory> => {
  const found = await directoryOf(client, directoryId);
  if (found === null)
    throw new DirectoryFailed(
      `There is no directory ${directoryId} in this account and Region. Name one that exists, or describe a new one.`,
    );
  return active(found, 'Mend it, then redrive this execution, or name another directory in a new one.');
};

/** What AWS tells of the directory that is not as the request has it. */
const differences = ({ ShortName, Edition, VpcSettings }: DirectoryDescription, wanted: NewDirectory) =>
  [
    { what: 'NetBIOS name', is: ShortName?.toUpperCase(), wanted: wanted.shortName },
    { what: 'edition', is: Edition, wanted: wanted.edition },
    { what: 'VPC', is: VpcSettings?.VpcId, wanted: wanted.vpcId },
    {
      what: 'subnets',
      is: VpcSettings?.SubnetIds?.toSorted().join(' and '),
      wanted: wanted.subnetIds.toSorted().join(' and '),
    },
  ].flatMap(({ what, is, wanted }) =>
    is === undefined || is === wanted ? [] : `${what} ${is} instead of ${wanted}`,
  );

/** Throws where the directory is not as the request has it. */
const checkEqual = (found: DirectoryDescription, wanted: NewDirectory): void => {
  const different = differences(found, wanted);
  if (different.length > 0)
    throw new Conflict(
      `The directory ${found.DirectoryId} is not what the request describes: ${different.join('; ')}. None of it can be changed. ` +
        'Correct the request and start a new execution, or delete the directory and redrive this one.',
    );
};

const create = async (
  tools: Tools,
  { owner, adminSecretArn, tags }: z.output<typeof inputSchema>,
  wanted: NewDirectory,
  { key }: Attempt,
): Promise<never> => {
  const { ledger } = tools;
  // Before anything else: without an id there a new execution makes the secret anew.
  await ledger.makingAnew('directory', key);
  if (adminSecretArn === null)
    throw new DirectoryFailed(
      `The directory ${wanted.name} is to be made, and no secret with an Admin password was given. Start a new execution.`,
    );
  const directoryId = await createDirectory(tools, wanted, adminSecretArn, tags, owner.requestId);
  if (directoryId !== undefined) await ledger.made('directory', key, directoryId);
  throw new NotReady(`The directory ${wanted.name} is requested; AWS takes 20 to 45 minutes.`);
};

/** Has a directory that failed at once removed, having written down that the next one is the second. */
const replace = async (ledger: Ledger, name: string, id: string): Promise<never> => {
  await ledger.making('directory', secondKey(name), { before: id });
  throw new RemovalDue(
    `The directory ${id} failed in its first minutes; it is to be removed, and is then made once more.`,
  );
};

/**
 * The request's directory: adopted where it is named by its id, else created where it is missing; ready once Active.
 * It makes none the request's own and deletes none: that it leaves to confirm-directory and remove-directory.
 */
export const ensureDirectory = step({
  name: 'ensure-directory',
  input: inputSchema,
  output: managedDirectorySchema,
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    secretsManager: new SecretsManagerClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run(input, { directoryService, secretsManager, dynamodb, settings, now }) {
    const { owner, directory } = input;
    if (directory.directoryId !== null) return adopt(directoryService, directory.directoryId);
    const { name } = directory;
    const all = await directoriesNamed(directoryService, name);
    const present = all.filter(({ Stage }) => Stage !== 'Deleting');
    const [first, ...others] = present;
    if (first !== undefined && others.length === 0 && isUnderWay(first)) {
      // Most polls end here: what only waits writes nothing, so it asks for no claim.
      const made = await new Ledger(dynamodb, settings.LEDGER_TABLE, owner, now).find('directory', name);
      if (made?.id === first.DirectoryId) {
        checkEqual(first, directory);
        return active(first, whatIfUnusable);
      }
    }
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const tools = { directoryService, secretsManager, ledger };
    const attempt = await lastAttempt(ledger, name);
    const found = await cameOf(attempt, directoryService, present, owner.requestId);
    if (found === undefined) {
      if (first !== undefined)
        throw new Conflict(
          `A directory named ${name} exists, ${first.DirectoryId}, and this request did not make it. ` +
            `To use it, write "directoryId": "${first.DirectoryId}" as the request's directory instead of a new one.`,
        );
      const [leaving] = all;
      if (leaving === undefined) return create(tools, input, directory, attempt);
      throw new NotReady(`The directory ${leaving.DirectoryId} of the same name is being deleted.`);
    }
    const id = String(found.DirectoryId);
    const { key, isSecond, entry } = attempt;
    const isReplaced = entry?.before === id;
    if (entry?.id === undefined && !isReplaced) await ledger.made('directory', key, id);
    const [twin] = isReplaced
      ? []
      : await twinsOf(directoryService, present, found, owner.requestId, ownTags);
    if (twin !== undefined)
      throw new RemovalDue(`The directory ${id} was made twice; ${twin.DirectoryId} is to be removed.`);
    checkEqual(found, directory);
    if (failedEarly(found) && (!isSecond || isReplaced)) return replace(ledger, name, id);
    return active(found, whatIfUnusable);
  },
});
