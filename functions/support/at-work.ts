import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isAwsError } from './aws-errors.ts';
import { Claim } from './claim.ts';

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
  if (executionArn === null) return false;
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE';
  } catch (error) {
    if (isAwsError(error, 'ExecutionDoesNotExist')) return false;
    throw error;
  }
};
