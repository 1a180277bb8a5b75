import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RealClock } from '../../../../simulator/world/clock.ts';

const start = Date.UTC(2026, 0, 1);

describe('RealClock', () => {
  beforeEach(() => void vi.useFakeTimers({ now: start }));
  afterEach(() => void vi.useRealTimers());

  it.each([
    [1, 1000],
    [600, 600_000],
  ])('goes %i times as fast as the wall clock', (speed, milliseconds) => {
    const clock = new RealClock(speed);

    vi.advanceTimersByTime(1000);

    expect(clock.now()).toBe(start + milliseconds);
  });

  it('is as fast as the wall clock unless it is told otherwise', () => {
    const clock = new RealClock();

    vi.advanceTimersByTime(1000);

    expect(clock.now()).toBe(start + 1000);
  });

  it('runs an event when its time has come, unless it was called off', async () => {
    const clock = new RealClock(60);
    const told: string[] = [];
    clock.at(start + 60_000, () => told.push('minute'));
    clock.at(start - 1, () => told.push('overdue'));
    clock.at(start + 30_000, () => told.push('never'))();

    vi.advanceTimersByTime(999);
    expect(told).toEqual(['overdue']);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['overdue', 'minute']);
  });

  it('waits longer than a timer can, and can be called off all the same', () => {
    const clock = new RealClock();
    const day = 86_400_000;
    const told: string[] = [];
    clock.at(start + 60 * day, () => told.push('two months'));
    const callOff = clock.at(start + 61 * day, () => told.push('never'));

    vi.advanceTimersByTime(59 * day);
    expect(told).toEqual([]);
    callOff();
    vi.advanceTimersByTime(3 * day);

    expect(told).toEqual(['two months']);
  });

  it('sleeps, and is woken by a signal', async () => {
    const clock = new RealClock(60);
    const abort = new AbortController();
    const sleeping = clock.sleep(60_000).then(() => clock.now());
    const aborted = clock.sleep(60_000, abort.signal);

    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(1000);

    await expect(sleeping).resolves.toBe(start + 60_000);
    await vi.advanceTimersByTimeAsync(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes nothing over where the process was held up: all happens in its order, at its own time', async () => {
    const clock = new RealClock(1000);
    const told: string[] = [];
    const tell = (what: string) => told.push(`${what} at ${(clock.now() - start) / 1000}`);
    clock.at(start + 60_000, () => tell('late'));
    clock.at(start + 10_000, () => {
      tell('early');
      clock.at(clock.now() + 10_000, () => tell('what that set going'));
      void clock.sleep(20_000).then(() => tell('awake'));
    });

    // The alarm that was set for 10 ms from here rings that much later.
    vi.setSystemTime(start + 500);
    expect(clock.now()).toBe(start + 10_000);
    await vi.advanceTimersByTimeAsync(30);

    expect(told).toEqual(['early at 10', 'what that set going at 20', 'awake at 30', 'late at 60']);
    expect(clock.now()).toBe(start + 530_000);
  });

  it('stands still while any function is running, and makes nothing happen', async () => {
    const clock = new RealClock(60);
    const told: string[] = [];
    clock.at(start + 60_000, () => told.push('minute'));
    const first = Promise.withResolvers<string>();
    const second = Promise.withResolvers<string>();
    vi.advanceTimersByTime(500);
    const works = [clock.busy(() => first.promise), clock.busy(() => second.promise)];
    clock.at(start, () => told.push('overdue'));

    await vi.advanceTimersByTimeAsync(800);
    first.resolve('done');
    await vi.advanceTimersByTimeAsync(800);
    expect(clock.now()).toBe(start + 30_000);
    expect(told).toEqual([]);
    second.reject(new Error('failed'));
    await Promise.allSettled(works);
    await vi.advanceTimersByTimeAsync(499);
    expect(told).toEqual(['overdue']);
    await vi.advanceTimersByTimeAsync(1);

    expect(told).toEqual(['overdue', 'minute']);
    expect(clock.now()).toBe(start + 60_000);
  });
});
