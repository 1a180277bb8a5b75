import { connect } from 'node:net';
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { functions } from '../functions/functions.ts';
import { executionName } from './execution-name.ts';
import { follow } from './follow.ts';
import { lambdaContext } from './lambda-context.ts';
import { explanationSchema, type Outcome } from './outcome.ts';
import { Refused } from './request-file.ts';
import { View } from './view.ts';
import type { Screen } from './words.ts';

/** Milliseconds between two looks at an execution in AWS. */
const pause = 2000;
const quiet = (): void => {};

/** What explain-execution says, run here under the user's own credentials. */
const explain = async (executionArn: string) => {
  const step = await functions['explain-execution']();
  const handler = step.bind({
    clientConfiguration: { maxAttempts: 1 },
    environment: { LEDGER_TABLE: 'forestbridge-ledger', ...process.env },
    now: () => new Date(),
    connect: async (host, port) => connect(port, host),
    log: { debug: quiet, info: quiet, error: quiet },
  });
  return explanationSchema.parse(await handler({ executionArn }, lambdaContext('explain-execution')));
};

/** How an execution in an account stands, and why. */
export const remoteOutcome = async (executionArn: string): Promise<Outcome> => {
  const client = new SFNClient();
  try {
    const { startDate, stopDate, output } = await client.send(new DescribeExecutionCommand({ executionArn }));
    const { status, error, cause } = await explain(executionArn);
    const end = stopDate?.getTime() ?? Date.now();
    return {
      status,
      error,
      cause,
      output: output === undefined ? null : JSON.parse(output),
      execution: executionArn,
      virtualSeconds: (end - (startDate?.getTime() ?? end)) / 1000,
      transitions: null,
      invocations: null,
      apiCalls: null,
      writes: null,
    };
  } catch (error) {
    throw refusal(error);
  }
};

/** Starts an execution and, where it is to be watched, shows it to its end. */
export const start = async (
  request: object,
  stateMachineArn: string,
  watched: boolean,
  screen: Screen | null,
): Promise<Outcome> => {
  const client = new SFNClient();
  try {
    const { executionArn = '' } = await client.send(
      new StartExecutionCommand({
        stateMachineArn,
        name: executionName(request, Date.now()),
        input: JSON.stringify(request),
      }),
    );
    screen?.write(`${executionArn}\n`);
    if (watched) {
      const unseen = { isTerminal: false, width: 100, write: quiet };
      await follow(client, executionArn, new View(screen ?? unseen), { pause, now: Date.now });
    }
    return await remoteOutcome(executionArn);
  } catch (error) {
    throw refusal(error);
  }
};

/** What a user can do something about is a sentence, not a stack. */
const refusal = (error: unknown): unknown => {
  if (error instanceof Refused || !(error instanceof Error)) return error;
  if (error instanceof ExecutionDoesNotExist) return new Refused(error.message);
  if (!('$metadata' in error) && error.name !== 'CredentialsProviderError') return error;
  return new Refused(`AWS refused: ${error.name}: ${error.message}. Check credentials, Region and the ARN.`);
};
