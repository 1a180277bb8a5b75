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
  /** A failure that a Catch took up is handed on; what ended because another branch failed was called off. */
  ending: 'running' | 'done' | 'handed on' | 'failed' | 'called off';
}

interface Place {
  readonly branch: string;
  readonly visit: Visit | null;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const shown = /^(Task|Wait)StateEntered$/;
const failures = /^(Task(Failed|TimedOut|SubmitFailed|StartFailed)|LambdaFunctionFailed|EvaluationFailed)$/;

/** Follows an execution through its events: each belongs to the visit that the event before it belongs to. */
export class Timeline {
  startedAt: number | null = null;
  stoppedAt: number | null = null;
  readonly visits: Visit[] = [];
  #last = 0;
  #lastAt = 0;
  readonly #places = new Map<number, Place>();
  readonly #branches = new Map<number, number>();
  /** The branch that a state stands in, by the state's name: what comes after a Parallel stands there too. */
  readonly #forks = new Map<string, string>();
  /** Whose last attempt failed: a Retry, a Catch or the end of the execution comes next. */
  readonly #troubled = new Set<Visit>();

  /** Takes in what is new and returns the visits that ended by it, in the order in which they ended. */
  read(events: readonly HistoryEvent[]): readonly Visit[] {
    const before = new Set(this.visits.filter(({ leftAt }) => leftAt !== null));
    for (const event of events)
      if ((event.id ?? 0) > this.#last) {
        this.#last = event.id ?? 0;
        this.#take(event);
      }
    return this.visits
      .filter((visit) => visit.leftAt !== null && !before.has(visit))
      .toSorted((one, other) => (one.leftAt ?? 0) - (other.leftAt ?? 0));
  }

  get running(): readonly Visit[] {
    return this.visits.filter(({ leftAt }) => leftAt === null);
  }

  /** The number of the newest event. */
  get lastId(): number {
    return this.#last;
  }

  /** The time of the newest event. */
  get lastAt(): number {
    return this.#lastAt;
  }

  #take(event: HistoryEvent): void {
    const type: string = event.type ?? '';
    this.#lastAt = event.timestamp?.getTime() ?? this.#lastAt;
    this.startedAt ??= this.#lastAt;
    const place = this.#placeOf(event, type);
    this.#places.set(this.#last, place);
    if (/^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(type)) this.#stop(type, place.visit);
    if (type === 'ExecutionRedriven') this.stoppedAt = null;
    if (place.visit !== null) this.#concern(place.visit, type);
  }

  #placeOf(event: HistoryEvent, type: string): Place {
    const before = this.#placeBefore(event, type);
    const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited } = event;
    if (/^(Parallel|Map)StateFailed$/.test(type)) return this.#branchesFailed(before);
    if (/^(Parallel|Map)StateExited$/.test(type)) {
      if (before.visit !== null) this.#leave(before.visit, 'handed on');
      return { branch: this.#forks.get(exited?.name ?? '') ?? before.branch, visit: null };
    }
    if (entered?.name === undefined) return before;
    this.#forks.set(entered.name, before.branch);
    return {
      branch: before.branch,
      visit: shown.test(type) ? this.#enter(entered.name, before.branch) : null,
    };
  }

  #concern(visit: Visit, type: string): void {
    if (type === 'TaskScheduled') visit.calls += 1;
    if (failures.test(type)) this.#troubled.add(visit);
    if (type === 'TaskScheduled' || type === 'TaskSucceeded') this.#troubled.delete(visit);
    if (type.endsWith('StateExited')) this.#leave(visit, this.#troubled.has(visit) ? 'handed on' : 'done');
  }

  #leave(visit: Visit, ending: Visit['ending']): void {
    if (visit.leftAt !== null) return;
    visit.leftAt = this.#lastAt;
    visit.ending = ending;
  }

  /** The first branch that fails ends the others; whether it is the failure of all, what comes next tells. */
  #branchesFailed({ branch, visit }: Place): Place {
    const outer = branch.slice(0, -1);
    for (const other of this.running)
      if (other !== visit && other.branch.startsWith(outer) && other.branch !== outer)
        this.#leave(other, 'called off');
    return { branch: outer, visit };
  }

  /** A branch begins with an event that comes right after its Parallel or Map has started. */
  #placeBefore({ previousEventId = 0 }: HistoryEvent, type: string): Place {
    // Where AWS names no event before the end, it is the one that was written before.
    const isEnd = type === 'ExecutionFailed' && previousEventId === 0;
    const before = this.#places.get(isEnd ? this.#last - 1 : previousEventId) ?? { branch: '', visit: null };
    const begun = this.#branches.get(previousEventId);
    if (/^(Parallel|Map)StateStarted$/.test(type)) this.#branches.set(this.#last, 0);
    if (begun === undefined || !type.endsWith('StateEntered')) return before;
    this.#branches.set(previousEventId, begun + 1);
    return { branch: before.branch + (letters[begun] ?? '?'), visit: null };
  }

  #enter(name: string, branch: string): Visit {
    const visit: Visit = { name, branch, enteredAt: this.#lastAt, leftAt: null, calls: 0, ending: 'running' };
    this.visits.push(visit);
    return visit;
  }

  #stop(type: string, last: Visit | null): void {
    this.stoppedAt = this.#lastAt;
    if (type === 'ExecutionFailed' && last !== null) this.#leave(last, 'failed');
    for (const visit of this.running) this.#leave(visit, 'called off');
  }
}
