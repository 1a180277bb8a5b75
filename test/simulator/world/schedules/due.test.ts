import { describe, expect, it } from 'vitest';
import { hours, minutes, prepare, start, target } from '../../../support/schedules.ts';

describe('a schedule', () => {
  it.each([
    ['rate(1 day)', 60, ['2026-01-05T08:00', '2026-01-06T08:00', '2026-01-07T08:00']],
    ['rate(12 hours)', 24, ['2026-01-05T08:00', '2026-01-05T20:00', '2026-01-06T08:00']],
    ['rate(1 hour)', 1, ['2026-01-05T08:00', '2026-01-05T09:00']],
    ['rate(25 minutes)', 1, ['2026-01-05T08:00', '2026-01-05T08:25', '2026-01-05T08:50']],
    ['at(2026-01-06T07:30:00)', 72, ['2026-01-06T07:30']],
    ['at(2026-01-05T07:59:59)', 72, []],
    ['cron(0 8 * * ? *)', 30, ['2026-01-05T08:00', '2026-01-06T08:00']],
    ['cron(15 10 ? * MON-FRI *)', 24 * 7, [5, 6, 7, 8, 9].map((day) => `2026-01-0${day}T10:15`)],
    ['cron(15 10 ? * 2,6 2026)', 24 * 7, ['2026-01-05T10:15', '2026-01-09T10:15']],
    [
      'cron(0/20 8,9 5 1 ? *)',
      48,
      ['00', '20', '40']
        .map((at) => `2026-01-05T08:${at}`)
        .concat(['00', '20', '40'].map((at) => `2026-01-05T09:${at}`)),
    ],
    [
      'cron(0 */6 5-6 jan ? 2026-2027)',
      48,
      [
        '2026-01-05T12:00',
        '2026-01-05T18:00',
        ...['00', '06', '12', '18'].map((at) => `2026-01-06T${at}:00`),
      ],
    ],
    ['cron(0 8-12/2 5 1 ? 2026)', 48, ['2026-01-05T08:00', '2026-01-05T10:00', '2026-01-05T12:00']],
    ['cron(0 0 29 2 ? *)', 24 * 365 * 3, ['2028-02-29T00:00']],
    ['cron(0 0 30 2 ? *)', 24, []],
    ['cron(0 0 1 1 ? 2025)', 24, []],
  ])('starts its target when it is due: %s', async (expression, count, expected) => {
    const { clock, started, make } = prepare();
    make({ expression });

    await clock.sleep(hours(count) + minutes(1));

    expect(started).toEqual(expected);
  });

  it('hands over its target as it was given', async () => {
    const { clock, targets, make } = prepare();
    make();

    await clock.sleep(minutes(1));

    expect(targets).toEqual([target]);
  });

  it('starts its target somewhere in its window, at another place for every seed, and keeps its pace', async () => {
    const firsts = new Set<string | undefined>();
    for (const seed of [1, 2, 3, 1]) {
      const { clock, started, make } = prepare(seed);
      make({ window: 60 });
      await clock.sleep(hours(24 * 10));

      expect(started).toHaveLength(10);
      for (const [day, time] of started.entries()) {
        const late = Date.parse(`${time}Z`) - start - hours(24 * day);
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(minutes(60));
      }
      expect(new Set(started.map((time) => time.slice(11))).size).toBeGreaterThan(1);
      firsts.add(started.join());
    }
    expect(firsts.size).toBe(3);
  });
});
