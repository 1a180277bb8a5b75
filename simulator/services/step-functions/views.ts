import type * as sdk from '@aws-sdk/client-sfn';
import type { Execution } from '../../states/execution.ts';

const date = (time: number | undefined): Date | undefined =>
  time === undefined ? undefined : new Date(time);

/** How ListExecutions tells of an execution. */
export const listed = (execution: Execution): sdk.ExecutionListItem => ({
  executionArn: execution.arn,
  stateMachineArn: execution.of.arn,
  name: execution.name,
  status: execution.standing.status,
  startDate: new Date(execution.startedAt),
  stopDate: date(execution.standing.stoppedAt),
  redriveCount: execution.redriveCount,
  redriveDate: date(execution.redrivenAt),
});

/** How DescribeExecution tells of an execution. */
export const described = (execution: Execution): Omit<sdk.DescribeExecutionOutput, '$metadata'> => {
  const { output, error, cause } = execution.standing;
  const reason = execution.notRedrivable;
  return {
    ...listed(execution),
    executionArn: execution.arn,
    stateMachineArn: execution.of.arn,
    status: execution.standing.status,
    startDate: new Date(execution.startedAt),
    input: JSON.stringify(execution.input),
    inputDetails: { included: true },
    ...(output === undefined ? {} : { output: JSON.stringify(output), outputDetails: { included: true } }),
    error,
    cause,
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: reason,
  };
};

/** The detail of EventBridge's 'Step Functions Execution Status Change'; its dates are milliseconds. */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: sdk.ExecutionStatus;
  readonly startDate: number;
  readonly stopDate: number | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

export const statusChange = ({ arn, of, name, startedAt, input, standing }: Execution): StatusChange => ({
  executionArn: arn,
  stateMachineArn: of.arn,
  name,
  status: standing.status,
  startDate: startedAt,
  stopDate: standing.stoppedAt ?? null,
  input: JSON.stringify(input),
  output: standing.output === undefined ? null : JSON.stringify(standing.output),
  error: standing.error ?? null,
  cause: standing.cause ?? null,
});

const hidden = { input: undefined, output: undefined, assignedVariables: undefined };

/** The same event without the data that the execution handled. */
export const withoutData = (event: sdk.HistoryEvent): sdk.HistoryEvent => {
  const {
    executionStartedEventDetails: started,
    executionSucceededEventDetails: succeeded,
    stateEnteredEventDetails: entered,
    stateExitedEventDetails: exited,
    taskScheduledEventDetails: scheduled,
    taskSubmittedEventDetails: submitted,
    taskSucceededEventDetails: taskSucceeded,
  } = event;
  return {
    ...event,
    executionStartedEventDetails: started && { ...started, ...hidden },
    executionSucceededEventDetails: succeeded && { ...succeeded, ...hidden },
    stateEnteredEventDetails: entered && { ...entered, ...hidden },
    stateExitedEventDetails: exited && { ...exited, ...hidden },
    taskScheduledEventDetails: scheduled && { ...scheduled, parameters: '' },
    taskSubmittedEventDetails: submitted && { ...submitted, ...hidden },
    taskSucceededEventDetails: taskSucceeded && { ...taskSucceeded, ...hidden },
  };
};
