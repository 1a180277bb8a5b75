import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DBInstance, RDSClient } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { databaseSchema, type NewDatabase } from '../request/database.ts';
import { tagsSchema } from '../request/tags.ts';
import { Conflict, DatabaseFailed } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { tagList } from '../support/tags.ts';
import { createInstance } from './create-instance.ts';
import { findInstance, knownInstance, readyInstance } from './instance.ts';
import { instanceSchema } from './instance-schema.ts';
import { ownEntry } from './own-instance.ts';
import { busy, isBusy } from './status.ts';

const input = z.object({
  owner: ownerSchema,
  database: databaseSchema,
  network: z.object({ subnetGroupName: z.string().nullable(), securityGroupIds: z.array(z.string()) }),
  directoryId: z.string().nullable(),
  tags: tagsSchema,
});

const checkEqual = (
  instance: DBInstance,
  { identifier, engine, instanceClass, multiAz }: NewDatabase,
): void => {
  const compared = [
    ['engine', instance.Engine, engine],
    ['instanceClass', instance.DBInstanceClass, instanceClass],
    ['multiAz', instance.PendingModifiedValues?.MultiAZ ?? instance.MultiAZ, multiAz],
  ] as const;
  const differs = compared.filter(([, is, wanted]) => is !== wanted);
  if (differs.length > 0)
    throw new Conflict(
      `There is a database instance ${identifier} already, and it differs from the request: ${differs.map(([name, is, wanted]) => `${name} is ${is} instead of ${wanted}`).join(', ')}. Write into the request what is there, or choose another identifier.`,
    );
};

/** Creates the database instance, or takes the existing one that the request names, and waits until it is available. */
export const ensureInstance = step({
  name: 'ensure-instance',
  input,
  output: instanceSchema,
  settings: ledgerSettings.extend({ DOMAIN_ROLE_NAME: z.string().min(1) }),
  clients: (configuration) => ({
    rds: new RDSClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DatabaseFailed,
  async run({ owner, database, network, directoryId, tags }, { rds, dynamodb, settings, now }) {
    const { identifier } = database;
    if (database.existing)
      return readyInstance(identifier, await knownInstance(rds, identifier), database.masterUserSecretArn);
    const instance = await findInstance(rds, identifier);
    if (instance !== undefined && isBusy(instance)) {
      checkEqual(instance, database);
      throw busy(identifier, instance);
    }
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    if (instance === undefined) {
      await ledger.makingAnew('instance', identifier);
      const domain = directoryId === null ? null : { directoryId, roleName: settings.DOMAIN_ROLE_NAME };
      return createInstance(rds, database, { network, domain, tags: tagList(tags, owner.requestId) });
    }
    const entry = await ownEntry(ledger, owner.requestId, identifier, instance);
    if (entry === undefined)
      throw new Conflict(
        `There is a database instance ${identifier}, and this request did not make it. Choose another database.identifier, in a new execution.`,
      );
    if (entry.id === undefined)
      await ledger.made('instance', identifier, instance.DbiResourceId ?? identifier);
    checkEqual(instance, database);
    return readyInstance(identifier, instance, null);
  },
});
