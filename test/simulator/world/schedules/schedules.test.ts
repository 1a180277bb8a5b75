import { describe, expect, it } from 'vitest';
import { hours, prepare, start } from '../../../support/schedules.ts';
import { turns } from '../../../support/virtual-clock.ts';

describe('a schedule', () => {
  it('does nothing while it is switched off, and counts from when it is switched on', async () => {
    const { clock, schedules, started, make } = prepare();
    make({ state: 'DISABLED' });
    await clock.sleep(hours(30));
    expect(started).toEqual([]);

    schedules.enable('daily');
    await clock.sleep(hours(30));

    expect(started).toEqual(['2026-01-06T14:00', '2026-01-07T14:00']);
    expect(schedules.find('daily')?.state).toBe('ENABLED');
  });

  it('that does not exist is not switched on', () => {
    const { schedules } = prepare();

    schedules.enable('weekly');

    expect(schedules.all).toEqual([]);
  });

  it('takes the place of one of the same name, whose time does not come any more', async () => {
    const { clock, schedules, started, make } = prepare();
    make({ expression: 'rate(1 hour)' });
    const later = make({ expression: 'at(2026-01-05T08:30:00)' });
    await clock.sleep(hours(5));

    expect(started).toEqual(['2026-01-05T08:30']);
    expect(schedules.all).toEqual([later]);
  });

  it('is over once it is removed', async () => {
    const { clock, schedules, started, make } = prepare();
    make();
    await clock.sleep(hours(1));

    schedules.remove('daily');
    await clock.sleep(hours(48));

    expect(started).toEqual(['2026-01-05T08:00']);
    expect(schedules.find('daily')).toBeUndefined();
  });

  it('has an ARN, and is enabled unless it is said', () => {
    expect(prepare().make()).toMatchObject({
      arn: 'arn:aws:scheduler:eu-central-1:111122223333:schedule/default/daily',
      state: 'ENABLED',
    });
  });

  it('keeps no clock going', async () => {
    const { clock, started, make } = prepare();
    make();

    await turns(5);

    expect(clock.now()).toBe(start);
    expect(started).toEqual([]);
  });

  it.each(['x'.repeat(64), 'a.b-c_D9'])('is called %s', (name) => {
    expect(prepare().make({ name }).name).toBe(name);
  });
});
