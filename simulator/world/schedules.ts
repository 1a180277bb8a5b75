import { type Recurrence, readExpression } from './schedules/recurrence.ts';
import type { Setting } from './setting.ts';

/** What a schedule starts, and as whom. */
export interface Target {
  readonly arn: string;
  readonly roleArn: string;
  /** JSON text. */
  readonly input: string;
  readonly retryPolicy?: { readonly attempts: number; readonly ageSeconds: number };
  /** The queue for what could not be delivered. */
  readonly deadLetterArn?: string;
}

interface NewSchedule {
  readonly name: string;
  /** Such as `rate(1 day)`, in UTC. */
  readonly expression: string;
  /** The minutes within which it may start late; null where it is to be on time. */
  readonly window: number | null;
  readonly target: Target;
  readonly state?: State;
}

type State = 'ENABLED' | 'DISABLED';

export interface Schedule extends Required<NewSchedule> {
  readonly arn: string;
}

/** What could not be delivered, as Scheduler puts it into the dead-letter queue. */
export interface DeadLetter {
  readonly scheduleArn: string;
  readonly target: Target;
  /** When it was due, and when it was given up. */
  readonly dueAt: number;
  readonly at: number;
  readonly retries: number;
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
  readonly error: string;
  readonly message: string;
}

/** Starts a target; rejects where it cannot. */
export type Deliver = (target: Target) => Promise<void>;

/** What Scheduler refuses, in AWS's words. */
class ValidationException extends Error {
  override readonly name = 'ValidationException';
}

/** Scheduler's own, where a target has none. */
const retryPolicy = { attempts: 185, ageSeconds: 86_400 };
const minute = 60_000;
/** Pauses double from one minute on; so long they are at most. */
const longestPause = 8 * minute;

const checkRange = (value: number, least: number, most: number, name: string): void => {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw new ValidationException(
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
  );
};

const checked = ({ name, expression, window, target }: NewSchedule): Recurrence => {
  if (!/^[0-9a-zA-Z-_.]{1,64}$/.test(name))
    throw new ValidationException(
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]{1,64}$`,
    );
  if (window !== null) checkRange(window, 1, 1440, 'flexibleTimeWindow.maximumWindowInMinutes');
  const { attempts, ageSeconds } = target.retryPolicy ?? retryPolicy;
  checkRange(attempts, 0, 185, 'target.retryPolicy.maximumRetryAttempts');
  checkRange(ageSeconds, 60, 86_400, 'target.retryPolicy.maximumEventAgeInSeconds');
  const recurrence = readExpression(expression);
  if (recurrence === undefined) throw new ValidationException(`Invalid Schedule Expression ${expression}.`);
  return recurrence;
};

/** EventBridge Scheduler's schedules of one account. What is to come keeps no clock going: somebody has to sleep. */
export class Schedules {
  readonly deadLetters: DeadLetter[] = [];
  #deliver: Deliver = ({ arn }) => Promise.reject(new Error(`Nothing is known of ${arn}.`));
  readonly #setting: Setting;
  readonly #schedules = new Map<string, { readonly schedule: Schedule; callOff(): void }>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** Says how targets are started; nothing can be before. */
  deliverBy(deliver: Deliver): void {
    this.#deliver = deliver;
  }

  get all(): readonly Schedule[] {
    return [...this.#schedules.values()].map(({ schedule }) => schedule);
  }

  find(name: string): Schedule | undefined {
    return this.#schedules.get(name)?.schedule;
  }

  /** Makes a schedule; one of the same name is replaced, as UpdateSchedule does it. */
  schedule(wanted: NewSchedule): Schedule {
    const recurrence = checked(wanted);
    const { region, accountId, clock } = this.#setting;
    const arn = `arn:aws:scheduler:${region}:${accountId}:schedule/default/${wanted.name}`;
    const schedule: Schedule = { state: 'ENABLED', ...wanted, arn };
    this.remove(wanted.name);
    const entry = { schedule, callOff: () => {} };
    this.#schedules.set(wanted.name, entry);
    if (schedule.state === 'ENABLED') this.#plan(entry, recurrence, recurrence.first(clock.now()));
    return schedule;
  }

  /** Switches a schedule on; it counts from now. */
  enable(name: string): void {
    const schedule = this.find(name);
    if (schedule !== undefined) this.schedule({ ...schedule, state: 'ENABLED' });
  }

  /** What has begun goes on. */
  remove(name: string): void {
    this.#schedules.get(name)?.callOff();
    this.#schedules.delete(name);
  }

  #plan(
    entry: { readonly schedule: Schedule; callOff(): void },
    recurrence: Recurrence,
    dueAt: number | null,
  ): void {
    if (dueAt === null) return;
    const { clock, random } = this.#setting;
    const { target, window, arn } = entry.schedule;
    const late = window === null ? 0 : Math.floor(random.next() * window * minute);
    entry.callOff = clock.at(dueAt + late, () => {
      void this.#start(arn, target, dueAt, 0);
      this.#plan(entry, recurrence, recurrence.next(dueAt));
    });
  }

  async #start(scheduleArn: string, target: Target, dueAt: number, retries: number): Promise<void> {
    const { clock } = this.#setting;
    try {
      await clock.busy(() => this.#deliver(target));
    } catch (error) {
      const { attempts, ageSeconds } = target.retryPolicy ?? retryPolicy;
      const pause = Math.min(2 ** retries * minute, longestPause);
      const isTooOld = clock.now() + pause > dueAt + ageSeconds * 1000;
      if (retries < attempts && !isTooOld) {
        clock.at(clock.now() + pause, () => void this.#start(scheduleArn, target, dueAt, retries + 1));
        return;
      }
      if (target.deadLetterArn === undefined) return;
      const exhausted = retries < attempts ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts';
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.deadLetters.push({
        scheduleArn,
        target,
        dueAt,
        at: clock.now(),
        retries,
        exhausted,
        error: name,
        message,
      });
    }
  }
}
