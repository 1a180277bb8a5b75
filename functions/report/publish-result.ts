import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { instanceSchema } from '../database/instance-schema.ts';
import { managedDirectorySchema } from '../directory/managed-directory.ts';
import { trustSchema } from '../request/trust.ts';
import { Forbidden } from '../support/errors.ts';
import { findingSchema } from '../support/finding.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { connection } from './connection.ts';
import { databaseFindings } from './database-findings.ts';
import { record } from './record.ts';
import { type DatabaseResult, resultSchema } from './result.ts';

const input = z
  .object({
    owner: ownerSchema,
    request: z.object({ requestId: z.string().min(1), trust: trustSchema }),
    directory: managedDirectorySchema,
    trust: z.object({ trustId: z.string().min(1), state: z.string().min(1) }),
    instance: instanceSchema.nullable(),
    membership: z.object({ membership: z.string(), rebootOwed: z.boolean() }).nullable(),
    logins: z.array(z.string()),
    /** Those of the logins that this execution made. */
    created: z.array(z.string()),
    findings: z.array(findingSchema),
  })
  .refine(({ instance, membership }) => (instance === null) === (membership === null), {
    error: 'a database has a membership, no database has none',
    path: ['membership'],
  });

const databaseOf = ({
  instance,
  membership,
  directory,
  logins,
}: z.output<typeof input>): DatabaseResult | null => {
  if (instance === null || membership === null) return null;
  const { identifier, endpoint, port } = instance;
  return { identifier, endpoint, port, ...connection(instance, directory.name), ...membership, logins };
};

/** Says what was built and how to connect, and keeps it in the ledger. */
export const publishResult = step({
  name: 'publish-result',
  input,
  output: resultSchema,
  settings: ledgerSettings,
  clients: (configuration) => ({ dynamodb: new DynamoDBClient(configuration) }),
  fails: Forbidden,
  async run(given, { dynamodb, settings, now }) {
    const { owner, request, directory, trust } = given;
    const { direction, type } = request.trust;
    const database = databaseOf(given);
    const found = database === null ? [] : databaseFindings(database, request.trust, directory);
    const result = {
      requestId: request.requestId,
      directory: { id: directory.directoryId, name: directory.name },
      trust: { id: trust.trustId, state: trust.state, direction, type },
      ...(database === null ? {} : { database }),
      findings: [...given.findings, ...found],
    };
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    for (const login of given.created) {
      const key = `${given.instance?.identifier}/${login}`;
      await ledger.making('login', key);
      if ((await ledger.find('login', key))?.id === undefined) await ledger.made('login', key, login);
    }
    const items = { dynamodb, table: settings.LEDGER_TABLE, owner, now };
    await record(items, `trust#${trust.trustId}`, 'state', trust.state);
    await record(items, 'result', 'result', JSON.stringify(result));
    return result;
  },
});
