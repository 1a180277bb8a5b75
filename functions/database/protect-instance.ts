import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { databaseSchema } from '../request/database.ts';
import { DatabaseFailed } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { knownInstance } from './instance.ts';
import { ownEntry } from './own-instance.ts';
import { throwBusy } from './status.ts';

/** Switches on the deletion protection of an instance that this request made, at the very end: until then a rollback can delete it. */
export const protectInstance = step({
  name: 'protect-instance',
  input: z.object({ owner: ownerSchema, database: databaseSchema }),
  output: z.object({}),
  settings: ledgerSettings,
  clients: (configuration) => ({
    rds: new RDSClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DatabaseFailed,
  async run({ owner, database }, { rds, dynamodb, settings, now }) {
    // Never off: where the request asks for none, an operator may have switched it on.
    if (database.existing || !database.deletionProtection) return {};
    const { identifier } = database;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const instance = await knownInstance(rds, identifier);
    if ((await ownEntry(ledger, owner.requestId, identifier, instance)) === undefined) return {};
    if (instance.DeletionProtection) return {};
    // Not ApplyImmediately: that would begin whatever else waits for the maintenance window; this never waits.
    const modification = new ModifyDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DeletionProtection: true,
    });
    await rds.send(modification).catch(throwBusy(identifier));
    return {};
  },
});
