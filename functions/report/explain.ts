import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { type Entry, Ledger } from '../support/ledger.ts';
import type { Execution } from './execution.ts';
import { ended, failed } from './explanation.ts';
import { failedState, newestFirst, statesUnderWay } from './history.ts';

interface Sources {
  readonly sfn: SFNClient;
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly now: () => Date;
}

const entriesOf = async (
  { dynamodb, table, now }: Sources,
  { requestId, arn }: Execution,
): Promise<readonly Entry[]> =>
  requestId === null ? [] : new Ledger(dynamodb, table, { requestId, execution: arn }, now).all();

/** One readable paragraph on an execution that is over and did not succeed. */
export const explain = async (sources: Sources, execution: Execution): Promise<string> => {
  const events = newestFirst(sources.sfn, execution.arn);
  const entries = await entriesOf(sources, execution);
  return execution.status === 'FAILED'
    ? failed(execution, await failedState(events), entries)
    : ended(execution, await statesUnderWay(events), entries);
};
