/** The time of a world, in milliseconds since 1970. */
export interface Clock {
  now(): number;
  /** Runs an event of the world once that time has come; returns how to call it off. */
  at(time: number, event: () => void): () => void;
  /** Resolves after that many milliseconds of the world's time; rejects with the signal's reason. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Holds the time still while outside work, a function, is running. */
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
}

const sleepOn = (
  clock: Pick<Clock, 'now' | 'at'>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const callOff = clock.at(clock.now() + milliseconds, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    const abort = (): void => {
      callOff();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
  });

interface Timer {
  readonly time: number;
  run(): void;
}

/** What is to happen, in the order of its times; at the same time, as it was asked for. */
class Agenda {
  #timers: Timer[] = [];

  get next(): Timer | undefined {
    return this.#timers[0];
  }

  add(timer: Timer): void {
    const before = this.#timers.findLastIndex((other) => other.time <= timer.time);
    this.#timers.splice(before + 1, 0, timer);
  }

  remove(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }

  shift(): Timer | undefined {
    return this.#timers.shift();
  }
}

/** Jumps from event to event, as long as somebody sleeps and no function is running. */
export class VirtualClock implements Clock {
  readonly #agenda = new Agenda();
  #now: number;
  #running = 0;
  #sleeping = 0;
  #scheduled = false;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(time: number, run: () => void): () => void {
    const timer = { time, run };
    this.#agenda.add(timer);
    return () => this.#agenda.remove(timer);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.#sleeping += 1;
    this.#advanceSoon();
    try {
      await sleepOn(this, milliseconds, signal);
    } finally {
      this.#sleeping -= 1;
    }
  }

  async busy<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#advanceSoon();
    }
  }

  /** One event at a time, each after everything that the last one set going has come to rest. */
  #advanceSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#running > 0 || this.#sleeping === 0) return;
      const timer = this.#agenda.shift();
      if (timer === undefined) return;
      this.#now = Math.max(this.#now, timer.time);
      timer.run();
      this.#advanceSoon();
    });
  }
}

const longestTimer = 2 ** 31 - 1;

/**
 * Follows the wall clock, `speed` times as fast, and stands still as long as a function is running. No event is
 * passed over: where this process is slower than the wall clock, what is due happens in its order, at its own time.
 */
export class RealClock implements Clock {
  readonly #start = Date.now();
  readonly #speed: number;
  readonly #agenda = new Agenda();
  #running = 0;
  /** Real milliseconds for which functions were running, and since when they do. */
  #stood = 0;
  #standsSince = 0;
  /** The time while an event is happening. */
  #moment: number | null = null;
  #latest = this.#start;
  #alarm: NodeJS.Timeout | undefined;

  constructor(speed = 1) {
    this.#speed = speed;
  }

  now(): number {
    const real = this.#running > 0 ? this.#standsSince : Date.now();
    const wall = this.#start + (real - this.#start - this.#stood) * this.#speed;
    const reached = Math.min(this.#moment ?? wall, this.#agenda.next?.time ?? wall);
    this.#latest = Math.max(this.#latest, reached);
    return this.#latest;
  }

  at(time: number, run: () => void): () => void {
    const timer = { time: Math.max(time, this.now()), run };
    this.#agenda.add(timer);
    this.#setAlarm();
    return () => {
      this.#agenda.remove(timer);
      this.#setAlarm();
    };
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, milliseconds, signal);
  }

  async busy<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running === 0) this.#standsSince = Date.now();
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#stood += Date.now() - this.#standsSince;
      this.#setAlarm();
    }
  }

  /** For the next event; none keeps a process alive. */
  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const { next } = this.#agenda;
    if (next === undefined || this.#running > 0 || this.#moment !== null) return;
    const delay = Math.max(0, (next.time - this.now()) / this.#speed);
    this.#alarm = setTimeout(() => this.#happen(), Math.min(delay, longestTimer)).unref();
  }

  /** One event, and then the next one after everything that it set going has come to rest. */
  #happen(): void {
    const { next } = this.#agenda;
    if (next === undefined || next.time > this.now()) return this.#setAlarm();
    this.#moment = this.now();
    this.#agenda.shift();
    next.run();
    setImmediate(() => {
      this.#moment = null;
      this.#setAlarm();
    });
  }
}
