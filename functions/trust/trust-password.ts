import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { TrustFailed } from '../support/errors.ts';
import { readSecret } from '../support/read-secret.ts';

const advice = 'Start a new execution, which makes a new secret and gives both halves its password.';

/** The password that both halves of the trust get. */
export const readTrustPassword = async (
  secrets: SecretsManagerClient,
  secretArn: string,
): Promise<string> => {
  const { password } = await readSecret(secrets, secretArn, {
    whose: "trust's",
    value: z.object({ password: z.string().min(1) }),
    form: 'a password',
    fails: TrustFailed,
    ifUnreadable: advice,
    ifMalformed: advice,
  });
  return password;
};
