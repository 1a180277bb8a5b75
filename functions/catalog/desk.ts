import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Connection } from '../request/connections.ts';
import { Forbidden } from '../support/errors.ts';
import type { Event } from './event.ts';
import { ProvisionedProduct } from './provisioned-product.ts';
import { executionArn, startExecution } from './start-execution.ts';
import { Waiting, type Whom } from './waiting.ts';

/** What it takes to serve a product of the catalog. */
export interface Desk {
  readonly cloudFormation: CloudFormationClient;
  readonly dynamodb: DynamoDBClient;
  readonly sfn: SFNClient;
  readonly table: string;
  readonly connections: readonly Connection[];
  readonly stateMachineArn: string;
  /** The workflow that answers an update which takes too long. */
  readonly watchStateMachineArn: string;
  readonly now: () => Date;
}

/** A request of CloudFormation about the product that this request id stands for. */
export interface Asked {
  readonly event: Event;
  readonly requestId: string;
}

export const foreign = ({ event, requestId }: Asked): Forbidden =>
  new Forbidden(
    `The request ${requestId} belongs to another stack than ${event.StackId}, which alone may change it.`,
  );

/** Whose the request is; undefined where nobody asked for it. Throws where it is another stack's. */
export const ownProduct = async ({ dynamodb, table }: Desk, asked: Asked) => {
  const bound = await new ProvisionedProduct(dynamodb, table, asked.requestId).find();
  if (bound !== undefined && bound.stack !== asked.event.StackId) throw foreign(asked);
  return bound;
};

/** What is to be carried out: the request, the form of the catalog that it comes from, and who waits for its end. */
interface Order {
  readonly request: object;
  readonly form: string;
  readonly whom: Whom;
}

/** Starts the execution that CloudFormation asks for, and gives its name; asked again, it is the same one. */
export const begin = async (
  { dynamodb, sfn, table, stateMachineArn, watchStateMachineArn, now }: Desk,
  { event, requestId }: Asked,
  { request, form, whom }: Order,
): Promise<string> => {
  const name = `${requestId}-${event.RequestId}`;
  const execution = executionArn(stateMachineArn, name);
  // First, for the execution is refused without it, and may end before this function does.
  await new Waiting(dynamodb, table, requestId, execution).begin(whom, form, now());
  // Before the other one, which shows the name: nobody else can have an execution of that name then.
  await startExecution(sfn, stateMachineArn, name, request);
  if (whom.kind === 'response')
    await startExecution(sfn, watchStateMachineArn, name, { requestId, execution });
  return name;
};
