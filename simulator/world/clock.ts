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

/** Jumps from event to event, as long as somebody sleeps and no function is running. */
export class VirtualClock implements Clock {
  #now: number;
  #timers: Timer[] = [];
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
    const before = this.#timers.findLastIndex((other) => other.time <= time);
    this.#timers.splice(before + 1, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
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
      const timer = this.#timers.shift();
      if (timer === undefined) return;
      this.#now = Math.max(this.#now, timer.time);
      timer.run();
      this.#advanceSoon();
    });
  }
}

const longestTimer = 2 ** 31 - 1;

/** Follows the wall clock, `speed` times as fast, and stands still as long as a function is running. */
export class RealClock implements Clock {
  readonly #start = Date.now();
  readonly #speed: number;
  #running = 0;
  /** Real milliseconds for which it has stood still, and since when it does. */
  #stood = 0;
  #standsSince = 0;

  constructor(speed = 1) {
    this.#speed = speed;
  }

  now(): number {
    const real = this.#running > 0 ? this.#standsSince : Date.now();
    return this.#start + (real - this.#start - this.#stood) * this.#speed;
  }

  /** No event keeps a process alive. */
  at(time: number, event: () => void): () => void {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const delay = Math.max(0, (time - this.now()) / this.#speed);
      timer = setTimeout(
        () => (this.#running > 0 || this.now() < time ? wait() : event()),
        Math.min(delay, longestTimer),
      );
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
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
    }
  }
}
