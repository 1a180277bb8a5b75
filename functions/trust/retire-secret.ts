import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { isAwsError } from '../support/aws-errors.ts';
import { TrustFailed } from '../support/errors.ts';
import { Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { step } from '../support/step.ts';

/** The shortest time that AWS allows to change one's mind in. */
const recoveryWindowInDays = 7;

const find = async (
  secrets: SecretsManagerClient,
  secretArn: string,
): Promise<DescribeSecretCommandOutput | undefined> => {
  try {
    return await secrets.send(new DescribeSecretCommand({ SecretId: secretArn }));
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
};

/** Schedules a secret of this request for deletion once both halves of the trust are verified: nobody needs it any more. */
export const retireSecret = step({
  name: 'retire-secret',
  input: z.object({ owner: ownerSchema, secretArn: z.string() }),
  output: z.object({}),
  settings: ledgerSettings,
  clients: (configuration) => ({
    secrets: new SecretsManagerClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: TrustFailed,
  async run({ owner, secretArn }, { secrets, dynamodb, settings, now }) {
    const found = await find(secrets, secretArn);
    if (found?.Name === undefined || found.DeletedDate !== undefined) return {};
    const ledger = new Ledger(dynamodb, settings.LEDGER_TABLE, owner, now);
    if ((await ledger.find('secret', found.Name)) === undefined) return {};
    const deletion = { SecretId: secretArn, RecoveryWindowInDays: recoveryWindowInDays };
    await secrets.send(new DeleteSecretCommand(deletion)).catch((error: unknown) => {
      // Somebody else was faster.
      if (!isAwsError(error, 'ResourceNotFoundException', 'InvalidRequestException')) throw error;
    });
    return {};
  },
});
