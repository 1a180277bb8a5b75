import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { z } from 'zod';
import { isAwsError } from './aws-errors.ts';
import type { StepErrorClass } from './errors.ts';

/** A secret as a step knows it, and what to say where it is of no use. */
interface Known<Value extends z.ZodType> {
  /** What it is the secret of, such as `trust's`. */
  readonly whose: string;
  readonly value: Value;
  /** The value in words. */
  readonly form: string;
  readonly fails: StepErrorClass;
  readonly ifUnreadable: string;
  readonly ifMalformed: string;
}

/** The value of a secret, a JSON object; its text is in no error. */
export const readSecret = async <Value extends z.ZodType>(
  secrets: SecretsManagerClient,
  secretArn: string,
  { whose, value, form, fails, ifUnreadable, ifMalformed }: Known<Value>,
): Promise<z.output<Value>> => {
  const { SecretString = '' } = await secrets
    .send(new GetSecretValueCommand({ SecretId: secretArn }))
    .catch((error: unknown) => {
      if (!isAwsError(error, 'ResourceNotFoundException', 'InvalidRequestException', 'DecryptionFailure'))
        throw error;
      throw new fails(`The ${whose} secret ${secretArn} cannot be read: ${error.message} ${ifUnreadable}`, {
        cause: error,
      });
    });
  try {
    return value.parse(JSON.parse(SecretString));
  } catch {
    // The parser's own words would quote the secret.
    throw new fails(`The ${whose} secret ${secretArn} is no JSON object with ${form}. ${ifMalformed}`);
  }
};
