import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** One visit of a Task or a Wait, as the execution's history tells it. */
export interface Visit {
  readonly name: string;
  /** The parallel branches it stands in, outermost first: empty, 'a', 'ab', ... */
  readonly branch: string;
  readonly enteredAt: number;
  leftAt: number | null;
  /** How often its function was called. */
  calls: number;
  /** A failure that a Catch took up is handed on. */
  ending: 'running' | 'done' | 'handed on' | 'failed';
}

interface Place {
  readonly branch: string;
  readonly visit: Visit | null;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const shown = /^(Task|Wait)StateEntered$/;
const failures =
  /^(Task(Failed|TimedOut|StateAborted)|LambdaFunctionFailed|WaitStateAborted|EvaluationFailed)$/;

/** Follows an execution through its events: each belongs to the visit that the event before it belongs to. */
export class Timeline {
  startedAt: number | null = null;
  stoppedAt: number | null = null;
  readonly visits: Visit[] = [];
  #last = 0;
  readonly #places = new Map<number, Place>();
  readonly #branches = new Map<number, number>();

  /** Takes in what is new and returns the visits that ended by it. */
  read(events: readonly HistoryEvent[]): readonly Visit[] {
    const before = new Set(this.visits.filter(({ leftAt }) => leftAt !== null));
    for (const event of events)
      if ((event.id ?? 0) > this.#last) {
        this.#last = event.id ?? 0;
        this.#take(event);
      }
    return this.visits.filter((visit) => visit.leftAt !== null && !before.has(visit));
  }

  get running(): readonly Visit[] {
    return this.visits.filter(({ leftAt }) => leftAt === null);
  }

  #take(event: HistoryEvent): void {
    const type = event.type ?? '';
    const time = event.timestamp?.getTime() ?? 0;
    this.startedAt ??= time;
    const place = this.#placeBefore(event);
    if (type.endsWith('StateEntered')) {
      const visit = shown.test(type) ? this.#enter(event, place.branch, time) : null;
      this.#places.set(this.#last, { branch: place.branch, visit });
      return;
    }
    this.#places.set(this.#last, place);
    const { visit } = place;
    if (/^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(type)) this.#stop(time);
    if (type === 'ExecutionRedriven') this.stoppedAt = null;
    if (visit === null) return;
    if (type === 'TaskScheduled') visit.calls += 1;
    if (failures.test(type)) visit.ending = 'failed';
    if (type === 'TaskScheduled' || type === 'TaskSucceeded') visit.ending = 'running';
    if (type.endsWith('StateExited')) {
      visit.ending = visit.ending === 'failed' ? 'handed on' : 'done';
      visit.leftAt = time;
    }
  }

  /** A branch begins with an event that comes right after its Parallel or Map has started. */
  #placeBefore({ type, previousEventId = 0 }: HistoryEvent): Place {
    const before = this.#places.get(previousEventId) ?? { branch: '', visit: null };
    const begun = this.#branches.get(previousEventId);
    if (/^(Parallel|Map)StateStarted$/.test(type ?? '')) this.#branches.set(this.#last, 0);
    if (begun === undefined || !type?.endsWith('StateEntered')) return before;
    this.#branches.set(previousEventId, begun + 1);
    return { branch: before.branch + (letters[begun] ?? '?'), visit: null };
  }

  #enter(event: HistoryEvent, branch: string, enteredAt: number): Visit {
    const name = event.stateEnteredEventDetails?.name ?? '';
    const visit: Visit = { name, branch, enteredAt, leftAt: null, calls: 0, ending: 'running' };
    this.visits.push(visit);
    return visit;
  }

  #stop(time: number): void {
    this.stoppedAt = time;
    for (const visit of this.running) {
      visit.leftAt = time;
      visit.ending = 'failed';
    }
  }
}
