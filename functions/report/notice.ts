import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { Execution } from './execution.ts';

const outcomes: Readonly<Record<ExecutionStatus, string>> = {
  SUCCEEDED: 'is done',
  FAILED: 'failed',
  TIMED_OUT: 'took too long',
  ABORTED: 'was stopped',
  RUNNING: 'is running',
  PENDING_REDRIVE: 'is to be redriven',
};

/** The line that says at a glance what a message is about: of ASCII only and under 100 characters, as SNS wants it. */
export const subjectLine = ({ requestId, name, status }: Execution): string =>
  `Forestbridge: ${(requestId ?? name).slice(0, 60)} ${outcomes[status]}`.replaceAll(/[^ -~]/g, '?');
