import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Runtime } from '../support/runtime.ts';
import { type Outcome, response, signal, tell } from './answer.ts';
import { ProvisionedProduct } from './provisioned-product.ts';
import { Waiting, type Whom } from './waiting.ts';

interface Tools extends Pick<Runtime, 'put' | 'now'> {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
}

/** An execution's own name: the last part of its ARN. */
const nameOf = (execution: string): string => execution.slice(execution.lastIndexOf(':') + 1);

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
  const whom = await waiting.whom();
  if (whom === undefined) return;
  const name = nameOf(execution);
  await tell(put, whom.url, messageTo(whom, name, outcome));
  if (outcome.succeeded) await new ProvisionedProduct(dynamodb, table, requestId).accept(whom.form, name);
  await waiting.end(now());
};
