import { readFile } from 'node:fs/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { LoginFailed } from '../support/errors.ts';
import { step } from '../support/step.ts';
import { enteredLoginSchema } from './entered-login.ts';
import { notMade, notOpened } from './login-failures.ts';
import { readMasterUser } from './master-user.ts';
import { SqlSession } from './sql-session.ts';
import { ensureWindowsLogin } from './windows-login.ts';

const text = z.string().min(1);

const input = z.object({
  instance: z.object({ identifier: text, endpoint: text, port: z.int(), masterUserSecretArn: text }),
  logins: z.array(enteredLoginSchema),
  onPremises: z.object({ domainName: text, shortName: text }),
  /** When the trust was verified; its replication counts from then. */
  verifiedAt: z.iso.datetime(),
});

const output = z.object({
  /** Every login asked for. */
  logins: z.array(text),
  /** Those of them that the request made. */
  created: z.array(text),
});

const explained = async <Result>(
  work: () => Promise<Result>,
  explain: (error: unknown) => Error,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
};

/**
 * Lets the company's people log in to the database, in the request's order. It keeps no ledger: GetSecretValue is
 * the one AWS call that its VPC lets through. So another step enters the logins before, and one what came of it after.
 */
export const createWindowsLogins = step({
  name: 'create-windows-logins',
  input,
  output,
  settings: z.object({ DATABASE_CA_FILE: text }),
  clients: (configuration) => ({ secrets: new SecretsManagerClient(configuration) }),
  fails: LoginFailed,
  async run({ instance, logins, ...trust }, { secrets, settings, now, connect }) {
    const { endpoint: host, port, masterUserSecretArn } = instance;
    const user = await readMasterUser(secrets, masterUserSecretArn);
    const session = await explained(
      async () => {
        const authorities = await readFile(settings.DATABASE_CA_FILE, 'utf8');
        return SqlSession.open({ host, port, ...user, authorities, connect });
      },
      (error) => notOpened(error, instance),
    );
    try {
      const created: string[] = [];
      for (const login of logins) {
        const isMade = await explained(
          () => ensureWindowsLogin(session, login, (now().getTime() - Date.parse(login.since)) / 1000),
          (error) => notMade(error, login.name, trust, now()),
        );
        if (isMade) created.push(login.name);
      }
      return { logins: logins.map(({ name }) => name), created };
    } finally {
      session.close();
    }
  },
});
