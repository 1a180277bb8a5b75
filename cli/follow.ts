import { type HistoryEvent, paginateGetExecutionHistory, type SFNClient } from '@aws-sdk/client-sfn';
import type { View } from './view.ts';

const historyOf = async (client: SFNClient, executionArn: string): Promise<readonly HistoryEvent[]> => {
  const events: HistoryEvent[] = [];
  const asked = { executionArn, includeExecutionData: false };
  for await (const page of paginateGetExecutionHistory({ client, pageSize: 1000 }, asked))
    events.push(...(page.events ?? []));
  return events;
};

interface Rhythm {
  /** Resolves when it is time for another look. */
  readonly wait: () => Promise<unknown>;
  readonly now: () => number;
}

/** Shows an execution until it has ended. */
export const follow = async (
  client: SFNClient,
  executionArn: string,
  view: View,
  { wait, now }: Rhythm,
): Promise<void> => {
  for (;;) {
    view.show(await historyOf(client, executionArn), now());
    if (view.timeline.stoppedAt !== null) return;
    await wait();
  }
};
