import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** The ARN that an execution of that name has. */
export const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** The name that an execution of that ARN has. */
export const executionName = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** Starts an execution; one of that name is the same one, for the name comes from what CloudFormation asks. */
export const startExecution = async (
  sfn: SFNClient,
  stateMachineArn: string,
  name: string,
  input: object,
): Promise<void> => {
  const start = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
  await sfn.send(start).catch((error: unknown) => {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  });
};
