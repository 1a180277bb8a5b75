import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { InvalidRequest } from '../support/errors.ts';
import { ledgerSettings } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { findExecution, isOver } from './execution.ts';
import { explain } from './explain.ts';

/** Tells how an execution stands and, where it did not succeed, why, and what to do. */
export const explainExecution = step({
  name: 'explain-execution',
  input: z.object({ executionArn: z.string().min(1) }),
  output: z.object({ status: z.string(), error: z.string().nullable(), cause: z.string().nullable() }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    sfn: new SFNClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: InvalidRequest,
  async run({ executionArn }, { sfn, dynamodb, settings, now }) {
    const execution = await findExecution(sfn, executionArn);
    const { status, error } = execution;
    if (status === 'SUCCEEDED' || !isOver(execution)) return { status, error: null, cause: null };
    const cause = await explain({ sfn, dynamodb, table: settings.LEDGER_TABLE, now }, execution);
    return { status, error, cause };
  },
});
