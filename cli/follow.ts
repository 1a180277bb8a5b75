import { type HistoryEvent, paginateGetExecutionHistory, type SFNClient } from '@aws-sdk/client-sfn';
import type { View } from './view.ts';

/** The events after that one, in their order; the newest are asked for first, so that no event is read twice. */
const eventsAfter = async (
  client: SFNClient,
  executionArn: string,
  last: number,
): Promise<readonly HistoryEvent[]> => {
  const events: HistoryEvent[] = [];
  const asked = { executionArn, includeExecutionData: false, reverseOrder: true };
  for await (const page of paginateGetExecutionHistory({ client, pageSize: 100 }, asked))
    for (const event of page.events ?? []) {
      if (event.id !== undefined && event.id <= last) return events.toReversed();
      events.push(event);
    }
  return events.toReversed();
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
    view.show(await eventsAfter(client, executionArn, view.timeline.lastId), now());
    if (view.timeline.stoppedAt !== null) return;
    await wait();
  }
};
