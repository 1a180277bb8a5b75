import { setTimeout as sleep } from 'node:timers/promises';
import { type HistoryEvent, paginateGetExecutionHistory, type SFNClient } from '@aws-sdk/client-sfn';
import type { View } from './view.ts';

const historyOf = async (client: SFNClient, executionArn: string): Promise<readonly HistoryEvent[]> => {
  const events: HistoryEvent[] = [];
  const pages = paginateGetExecutionHistory({ client }, { executionArn, includeExecutionData: false });
  for await (const page of pages) events.push(...(page.events ?? []));
  return events;
};

interface Rhythm {
  /** Milliseconds between two looks. */
  readonly pause: number;
  now(): number;
}

/** Shows an execution until it has ended. */
export const follow = async (
  client: SFNClient,
  executionArn: string,
  view: View,
  { pause, now }: Rhythm,
): Promise<void> => {
  for (;;) {
    view.show(await historyOf(client, executionArn), now());
    if (view.timeline.stoppedAt !== null) return;
    await sleep(pause);
  }
};
