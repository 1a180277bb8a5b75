import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Runtime } from '../support/runtime.ts';
import { type Outcome, response, signal, tell } from './answer.ts';
import { executionName } from './start-execution.ts';
import { Waiting, type Whom } from './waiting.ts';

interface Tools extends Pick<Runtime, 'put' | 'now'> {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
}

const messageTo = (whom: Whom, name: string, outcome: Outcome): string =>
  whom.kind === 'condition'
    ? signal(name, outcome)
    : response(whom.event, outcome.succeeded ? { ...outcome, attributes: { Execution: name } } : outcome);

/** Tells the stack that waits for the end of an execution, where one does, and that once. */
export const tellWaiting = async (
  { dynamodb, table, put, now }: Tools,
  requestId: string,
  execution: string,
  outcome: Outcome,
): Promise<void> => {
  const waiting = new Waiting(dynamodb, table, requestId, execution);
  const whom = (await waiting.find())?.whom;
  if (whom === undefined) return;
  await tell(put, whom.url, messageTo(whom, executionName(execution), outcome));
  await waiting.end(now());
};
