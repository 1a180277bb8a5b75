import { DescribeExecutionCommand, type ExecutionStatus, type SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { requestId } from '../request/fields.ts';
import { messageOf } from '../support/failure.ts';

/** An execution, as far as a report tells of it. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** Null where the execution's input names none that is one. */
  readonly requestId: string | null;
  readonly redrives: number;
  readonly redrivenAt: Date | null;
  /** ISO 8601; empty while it runs. */
  readonly stoppedAt: string;
  readonly error: string | null;
  /** The error's message, in the words of who threw it. */
  readonly reason: string;
  readonly output: string;
  readonly isRedrivable: boolean;
}

const inputSchema = z.object({ requestId });

const requestIdOf = (input: string): string | null => {
  try {
    return inputSchema.parse(JSON.parse(input)).requestId;
  } catch {
    return null;
  }
};

export const findExecution = async (sfn: SFNClient, executionArn: string): Promise<Execution> => {
  const found = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const { name = executionArn, status = 'RUNNING', input = '', output = '', error = '', cause = '' } = found;
  return {
    arn: executionArn,
    name,
    status,
    requestId: requestIdOf(input),
    redrives: found.redriveCount ?? 0,
    redrivenAt: found.redriveDate ?? null,
    stoppedAt: found.stopDate?.toISOString() ?? '',
    error: error === '' ? null : error,
    reason: messageOf(cause),
    output,
    isRedrivable: found.redriveStatus === 'REDRIVABLE',
  };
};

/** Whether it is over, for now: an execution that did not succeed may be redriven. */
export const isOver = ({ status }: Pick<Execution, 'status'>): boolean =>
  status !== 'RUNNING' && status !== 'PENDING_REDRIVE';
