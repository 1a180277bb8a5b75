import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { Forbidden } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { tellWaiting } from './tell-waiting.ts';

/** Answers an update that goes on for longer than CloudFormation waits; one that has ended was answered. */
export const endWaiting = step({
  name: 'end-waiting',
  input: ownerSchema,
  output: z.object({}),
  settings: ledgerSettings,
  clients: (configuration) => ({ dynamodb: new DynamoDBClient(configuration) }),
  fails: Forbidden,
  async run({ requestId, execution }, { dynamodb, settings, put, now }) {
    await tellWaiting({ dynamodb, table: settings.LEDGER_TABLE, put, now }, requestId, execution, {
      succeeded: false,
      reason: `The update is still running, and goes on: ${execution}. When it has ended, update again with the same values. Until then CloudFormation shows the old ones.`,
    });
    return {};
  },
});
