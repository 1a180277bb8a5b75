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
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { secretName } from '../support/secret-name.ts';
import { step } from '../support/step.ts';

/** The shortest time that AWS allows to change one's mind in. */
const recoveryWindowInDays = 7;

const find = async (
  secrets: SecretsManagerClient,
  name: string,
): Promise<DescribeSecretCommandOutput | undefined> => {
  try {
    return await secrets.send(new DescribeSecretCommand({ SecretId: name }));
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
};

/**
 * Schedules the trust's secret for deletion once both halves are verified: nobody needs it any more. It may be there
 * though this execution made none, where an earlier one was ended after the verification.
 */
export const retireSecret = step({
  name: 'retire-secret',
  input: z.object({ owner: ownerSchema }),
  output: z.object({}),
  settings: ledgerSettings,
  clients: (configuration) => ({
    secrets: new SecretsManagerClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: TrustFailed,
  async run({ owner }, { secrets, dynamodb, settings, now }) {
    const name = secretName(owner.requestId, 'trust');
    const found = await find(secrets, name);
    if (found === undefined || found.DeletedDate !== undefined) return {};
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    if ((await ledger.find('secret', name)) === undefined) return {};
    const deletion = { SecretId: name, RecoveryWindowInDays: recoveryWindowInDays };
    await secrets.send(new DeleteSecretCommand(deletion)).catch((error: unknown) => {
      // Somebody else was faster.
      if (!isAwsError(error, 'ResourceNotFoundException', 'InvalidRequestException')) throw error;
    });
    return {};
  },
});
