import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RealClock, VirtualClock } from '../../../simulator/world/clock.ts';

const start = Date.UTC(2026, 0, 1);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const turns = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 1) await turn();
};

/** A clock, and what happened at which second. */
const prepare = () => {
  const clock = new VirtualClock(start);
  const seconds = () => (clock.now() - start) / 1000;
  const told: string[] = [];
  const tell = (what: string) => () => void told.push(`${what} at ${seconds()}`);
  return { clock, seconds, told, tell };
};

describe('VirtualClock', () => {
  it('stands still while nobody sleeps, whatever is to come', async () => {
    const { clock, seconds, told, tell } = prepare();
    clock.at(start + 1000, tell('event'));

    await turns(5);

    expect(told).toEqual([]);
    expect(seconds()).toBe(0);
  });

  it('jumps from event to event while somebody sleeps, and no further', async () => {
    const { clock, seconds, told, tell } = prepare();
    clock.at(start + 7000, tell('late'));
    clock.at(start + 3000, tell('early'));
    clock.at(start + 60_000, tell('never'));

    await clock.sleep(10_000).then(tell('awake'));
    await turns(5);

    expect(told).toEqual(['early at 3', 'late at 7', 'awake at 10']);
    expect(seconds()).toBe(10);
  });

  it('runs what is due at the same time in the order in which it was asked for', async () => {
    const { clock, told, tell } = prepare();
    clock.at(start + 2000, tell('one'));
    clock.at(start + 1000, tell('first'));
    clock.at(start + 2000, tell('two'));
    clock.at(start + 2000, tell('three'));

    await clock.sleep(2000);

    expect(told).toEqual(['first at 1', 'one at 2', 'two at 2', 'three at 2']);
  });

  it('runs what is overdue at once, without going back', async () => {
    const { clock, told, tell } = prepare();
    await clock.sleep(5000);
    clock.at(start + 1000, tell('overdue'));

    await clock.sleep(0);

    expect(told).toEqual(['overdue at 5']);
  });

  it('lets one event come to rest before the next one', async () => {
    const { clock, told, tell } = prepare();
    clock.at(start + 1000, () => {
      void Promise.resolve()
        .then(() => {})
        .then(tell('what the first set going'));
    });
    clock.at(start + 1000, tell('second'));

    await clock.sleep(1000);

    expect(told).toEqual(['what the first set going at 1', 'second at 1']);
  });

  it('runs an event that an event asks for', async () => {
    const { clock, told, tell } = prepare();
    clock.at(start + 1000, () => clock.at(clock.now() + 1000, tell('second')));

    await clock.sleep(5000);

    expect(told).toEqual(['second at 2']);
  });

  it('runs nothing that was called off', async () => {
    const { clock, told, tell } = prepare();
    const callOff = clock.at(start + 1000, tell('event'));
    clock.at(start + 1000, tell('other'));

    callOff();
    await clock.sleep(2000);

    expect(told).toEqual(['other at 1']);
  });

  it('stands still while any function is running, and goes on after the last one, failed or not', async () => {
    const { clock, told, tell, seconds } = prepare();
    const first = Promise.withResolvers<string>();
    const second = Promise.withResolvers<string>();
    const works = [clock.busy(() => first.promise), clock.busy(() => second.promise)];
    const sleeping = clock.sleep(1000).then(tell('awake'));
    const outcome = Promise.allSettled(works);

    await turns(5);
    first.resolve('done');
    await turns(5);
    expect(seconds()).toBe(0);
    second.reject(new Error('failed'));
    await sleeping;

    expect(told).toEqual(['awake at 1']);
    await expect(outcome).resolves.toMatchObject([
      { value: 'done' },
      { reason: expect.objectContaining({ message: 'failed' }) },
    ]);
  });

  it('is not moved by a sleep that was aborted, before or after it began', async () => {
    const { clock, seconds, told, tell } = prepare();
    clock.at(start + 1000, tell('event'));
    const abort = new AbortController();
    const sleeping = clock.sleep(5000, abort.signal);
    abort.abort(new Error('enough'));

    await expect(sleeping).rejects.toThrow('enough');
    await expect(clock.sleep(5000, abort.signal)).rejects.toThrow('enough');
    await turns(5);

    expect(told).toEqual([]);
    expect(seconds()).toBe(0);
  });

  it('goes no further than the sleeps that are left when another one was aborted', async () => {
    const { clock, seconds } = prepare();
    const abort = new AbortController();
    const long = clock.sleep(60_000, abort.signal).catch(() => {});
    clock.at(start + 1000, () => abort.abort());

    await Promise.all([clock.sleep(3000), long]);
    await turns(5);

    expect(seconds()).toBe(3);
  });

  it('listens to a signal only as long as it sleeps', async () => {
    const { clock } = prepare();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');

    await clock.sleep(1000, signal);

    expect(removed).toHaveBeenCalledTimes(1);
  });

  it('wakes sleepers in the order of their times', async () => {
    const { clock, told, tell } = prepare();

    await Promise.all([
      clock.sleep(3000).then(tell('three')),
      clock.sleep(1000).then(tell('one')),
      clock.sleep(2000).then(tell('two')),
    ]);

    expect(told).toEqual(['one at 1', 'two at 2', 'three at 3']);
  });
});

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
