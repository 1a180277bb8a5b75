import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { Claim } from './claim.ts';
import { isRunning } from './take-claim.ts';

/** Who may be asked which executions act for a request. */
export interface Registers {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly sfn: SFNClient;
}

/** Whether an execution is carrying the request out at this moment; one that has ended may still hold the claim. */
export const isAtWork = async ({ dynamodb, table, sfn }: Registers, requestId: string): Promise<boolean> => {
  // Who only looks holds no claim, so there is no execution of its own.
  const executionArn = await new Claim(dynamodb, table, { requestId, execution: '' }).holder();
  return executionArn !== null && isRunning(sfn, executionArn);
};
