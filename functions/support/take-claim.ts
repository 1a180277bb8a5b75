import { DescribeExecutionCommand, ExecutionDoesNotExist, type SFNClient } from '@aws-sdk/client-sfn';
import type { Claim } from './claim.ts';

/** Whether that execution is carrying something out; one that Step Functions has forgotten is not. */
export const isRunning = async (sfn: SFNClient, executionArn: string): Promise<boolean> => {
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return false;
    throw error;
  }
};

/** Takes the claim for an execution, also from one that has ended; tells in words by whom else it is held, or null. */
export const takeClaim = async (
  claim: Claim,
  sfn: SFNClient,
  execution: string,
  at: Date,
): Promise<string | null> => {
  const holder = await claim.holder();
  if (holder !== null && holder !== execution && (await isRunning(sfn, holder))) return `, ${holder}`;
  return (await claim.take(holder, at)) ? null : ', which began at the same moment';
};
