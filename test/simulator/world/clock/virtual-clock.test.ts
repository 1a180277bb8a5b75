import { describe, expect, it } from 'vitest';
import { prepare, start, turns } from '../../../support/virtual-clock.ts';

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
});
