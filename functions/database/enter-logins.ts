import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { LoginFailed } from '../support/errors.ts';
import { failureSchema, rethrow } from '../support/failure.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { type EnteredLogin, enteredLoginSchema, loginKey } from './entered-login.ts';

/** Writes down which Windows logins are about to be made, for the function that makes them reaches no ledger. */
export const enterLogins = step({
  name: 'enter-logins',
  input: z.object({
    owner: ownerSchema,
    identifier: z.string().min(1),
    logins: z.array(enteredLoginSchema.omit({ since: true })),
    failure: failureSchema,
  }),
  output: z.object({ logins: z.array(enteredLoginSchema) }),
  settings: ledgerSettings,
  clients: (configuration) => ({ dynamodb: new DynamoDBClient(configuration) }),
  fails: LoginFailed,
  async run({ owner, identifier, logins, failure }, { dynamodb, settings, now }) {
    rethrow(failure);
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const began = now().toISOString();
    const entered: EnteredLogin[] = [];
    for (const login of logins) {
      const key = loginKey(identifier, login.name);
      const isNew = await ledger.making('login', key);
      const before = isNew ? undefined : await ledger.find('login', key);
      entered.push({ ...login, since: before?.at ?? began });
    }
    return { logins: entered };
  },
});
