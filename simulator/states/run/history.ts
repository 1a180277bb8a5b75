import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { Clock } from '../../world/clock.ts';
import { Failure } from './failure.ts';

export type Details = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

/** What AWS keeps of one execution, at most. */
export const mostEvents = 25_000;

/** The events of an execution, as GetExecutionHistory tells them. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #clock: Pick<Clock, 'now'>;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  add(type: HistoryEventType, previousEventId: number, details: Details = {}): number {
    const id = this.events.length + 1;
    this.events.push({ id, previousEventId, timestamp: new Date(this.#clock.now()), type, ...details });
    return id;
  }

  get lastId(): number {
    return this.events.length;
  }
}

/** The thread of events of one line of states: the execution itself, a branch, an iteration. */
export class Chain {
  readonly history: History;
  readonly signal: AbortSignal;
  last: number;

  constructor(history: History, signal: AbortSignal, last: number) {
    this.history = history;
    this.signal = signal;
    this.last = last;
  }

  /** An event that the next one follows; a line that was aborted says no more. */
  add(type: HistoryEventType, details?: Details): number {
    this.last = this.aside(type, details);
    return this.last;
  }

  /** An event that follows the last one, but that AWS lets no other follow. */
  aside(type: HistoryEventType, details?: Details): number {
    this.signal.throwIfAborted();
    // One place is left for the event that ends the execution.
    if (this.history.lastId >= mostEvents - 1)
      throw new Failure(
        'States.Runtime',
        `The execution reached the maximum number of history events (${mostEvents}).`,
      );
    return this.history.add(type, this.last, details);
  }

  /** A line of its own that starts where this one stands. */
  branch(signal: AbortSignal): Chain {
    return new Chain(this.history, signal, this.last);
  }
}
