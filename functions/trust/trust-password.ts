import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { isAwsError } from '../support/aws-errors.ts';
import { TrustFailed } from '../support/errors.ts';

const secretSchema = z.object({ password: z.string().min(1) });
const advice = 'Start a new execution, which makes a new secret and gives both halves its password.';

const valueOf = async (secrets: SecretsManagerClient, secretArn: string): Promise<string> => {
  try {
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return SecretString;
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException', 'InvalidRequestException', 'DecryptionFailure'))
      throw error;
    throw new TrustFailed(`The trust's secret ${secretArn} cannot be read: ${error.message} ${advice}`, {
      cause: error,
    });
  }
};

/** The password that both halves of the trust get. */
export const readTrustPassword = async (
  secrets: SecretsManagerClient,
  secretArn: string,
): Promise<string> => {
  const value = await valueOf(secrets, secretArn);
  try {
    return secretSchema.parse(JSON.parse(value)).password;
  } catch {
    // The parser's own words would quote the secret.
    throw new TrustFailed(`The trust's secret ${secretArn} is no JSON object with a password. ${advice}`);
  }
};
