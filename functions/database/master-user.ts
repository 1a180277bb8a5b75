import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { LoginFailed } from '../support/errors.ts';
import { readSecret } from '../support/read-secret.ts';

const masterUser = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** The database's master user, from the secret that RDS keeps. */
export const readMasterUser = (
  secrets: SecretsManagerClient,
  secretArn: string,
): Promise<z.output<typeof masterUser>> =>
  readSecret(secrets, secretArn, {
    whose: "master user's",
    value: masterUser,
    form: 'username and password',
    fails: LoginFailed,
    ifUnreadable:
      "Name a secret that exists as the database's masterUserSecretArn, or let RDS manage the master password.",
    ifMalformed: 'Store it in that form, as RDS does, and redrive the execution.',
  });
