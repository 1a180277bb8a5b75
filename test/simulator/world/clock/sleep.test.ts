import { describe, expect, it, vi } from 'vitest';
import { prepare, start, turns } from '../../../support/virtual-clock.ts';

describe('VirtualClock', () => {
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
