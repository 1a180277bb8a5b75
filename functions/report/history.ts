import { type HistoryEvent, paginateGetExecutionHistory, type SFNClient } from '@aws-sdk/client-sfn';

/** The state that an execution failed at: how often it was tried, and from when until when. */
export interface FailedState {
  readonly name: string;
  readonly tries: number;
  readonly milliseconds: number;
}

/** What happened in an execution, the newest first, without the data that it handled. */
export async function* newestFirst(sfn: SFNClient, executionArn: string): AsyncGenerator<HistoryEvent> {
  const asked = { executionArn, reverseOrder: true, includeExecutionData: false };
  for await (const page of paginateGetExecutionHistory({ client: sfn, pageSize: 1000 }, asked))
    yield* page.events ?? [];
}

/** Follows the thread of events from the execution's failure back to where the state was entered. */
export const failedState = async (
  events: AsyncIterable<HistoryEvent> | Iterable<HistoryEvent>,
): Promise<FailedState | undefined> => {
  let previous: number | undefined;
  let last = 0;
  let first: number | undefined;
  let tries = 0;
  for await (const { id = 0, type, timestamp, previousEventId, stateEnteredEventDetails } of events) {
    const time = timestamp?.getTime() ?? 0;
    if (previous === undefined ? type !== 'ExecutionFailed' : id !== previous) continue;
    if (previous === undefined) last = time;
    // Where AWS names no event before, it is the one that was written before.
    previous = previousEventId || id - 1;
    if (type === 'TaskScheduled' && first === undefined) tries += 1;
    // What was tried before the redrive is not what failed now.
    if (type === 'ExecutionRedriven') first ??= time;
    const name = stateEnteredEventDetails?.name;
    if (name !== undefined) return { name, tries, milliseconds: last - (first ?? time) };
  }
  return undefined;
};

const containers: ReadonlySet<string | undefined> = new Set(['ParallelStateEntered', 'MapStateEntered']);

/** The states that were under way when an execution was ended: entered, and not left since. */
export const statesUnderWay = async (
  events: AsyncIterable<HistoryEvent> | Iterable<HistoryEvent>,
): Promise<readonly string[]> => {
  const left = new Set<string>();
  const underWay = new Set<string>();
  for await (const { type, stateEnteredEventDetails: entered, stateExitedEventDetails: exited } of events) {
    if (exited?.name !== undefined) left.add(exited.name);
    if (entered?.name === undefined || containers.has(type) || left.has(entered.name)) continue;
    underWay.add(entered.name);
  }
  return [...underWay].toReversed();
};
