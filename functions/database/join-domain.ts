import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { databaseSchema } from '../request/database.ts';
import { DomainJoinFailed, NotReady } from '../support/errors.ts';
import { failureSchema, rethrow } from '../support/failure.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { type Domain, throwDomainRefusal } from './domain-refusal.ts';
import { knownInstance } from './instance.ts';
import { isAsked, mayInterrupt, membershipIn, rebootOf } from './membership.ts';
import { ready, throwBusy } from './status.ts';

const leaving = new Set(['pending-removal', 'pending-maintenance-removal', 'removing']);

const askToJoin = async (rds: RDSClient, identifier: string, domain: Domain): Promise<void> => {
  const modification = new ModifyDBInstanceCommand({
    DBInstanceIdentifier: identifier,
    Domain: domain.directoryId,
    DomainIAMRoleName: domain.roleName,
    ApplyImmediately: true,
  });
  await rds
    .send(modification)
    .catch(throwBusy(identifier))
    .catch((error: unknown) => throwDomainRefusal(error, domain));
};

/** Asks RDS to join the instance to the directory, also after a failed try; who must not be interrupted is left alone. */
export const joinDomain = step({
  name: 'join-domain',
  input: z.object({
    owner: ownerSchema,
    database: databaseSchema,
    directoryId: z.string(),
    failure: failureSchema,
  }),
  output: z.object({ asked: z.boolean() }),
  settings: ledgerSettings.extend({ DOMAIN_ROLE_NAME: z.string().min(1) }),
  clients: (configuration) => ({
    rds: new RDSClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DomainJoinFailed,
  async run({ owner, database, directoryId, failure }, { rds, dynamodb, settings, now }) {
    rethrow(failure);
    const { identifier } = database;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const instance = await knownInstance(rds, identifier);
    const membership = membershipIn(identifier, directoryId, instance);
    if (isAsked(membership)) return { asked: false };
    if (!(await mayInterrupt(ledger, owner.requestId, database, instance))) return { asked: false };
    ready(identifier, instance);
    if (membership !== null && leaving.has(membership.status))
      throw new NotReady(`The database instance ${identifier} is still leaving ${directoryId}.`);
    const isNew = await ledger.making('membership', identifier);
    // The reboot that completed an earlier join is none for this one.
    await ledger.forget('membership', rebootOf(identifier));
    const domain = { directoryId, roleName: settings.DOMAIN_ROLE_NAME };
    await ledger.attempt(isNew, 'membership', identifier, () => askToJoin(rds, identifier, domain));
    // RDS gives a join no id; the time it was asked for tells a later verdict from an earlier one.
    await ledger.made('membership', identifier, now().toISOString());
    return { asked: true };
  },
});
