import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { isAwsError } from '../support/aws-errors.ts';
import { LoginFailed } from '../support/errors.ts';

const secret = z.object({ username: z.string().min(1), password: z.string().min(1) });

const valueOf = async (secrets: SecretsManagerClient, secretArn: string): Promise<string | undefined> => {
  try {
    const { SecretString: value } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return value;
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException', 'InvalidRequestException', 'DecryptionFailure'))
      throw error;
    const message = `The master user's secret ${secretArn} cannot be read: ${error.message} Name a secret that exists as the database's masterUserSecretArn, or let RDS manage the master password.`;
    throw new LoginFailed(message, { cause: error });
  }
};

/** The database's master user, from the secret that RDS keeps. */
export const readMasterUser = async (
  secrets: SecretsManagerClient,
  secretArn: string,
): Promise<z.output<typeof secret>> => {
  const value = await valueOf(secrets, secretArn);
  try {
    return secret.parse(JSON.parse(value ?? ''));
  } catch {
    // The parser's own words would quote the secret.
    throw new LoginFailed(
      `The master user's secret ${secretArn} is no JSON object with username and password. Store it in that form, as RDS does, and redrive the execution.`,
    );
  }
};
