import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../../simulator/world/schedules.ts';
import { prepare, target } from '../../../support/schedules.ts';

describe('a schedule', () => {
  it.each([
    '',
    'daily',
    'rate(1)',
    'rate(0 days)',
    'rate(1.5 hours)',
    'rate(-1 day)',
    'rate(1 week)',
    'rate(1 toString)',
    'rate(1  day)',
    'rate (1 day)',
    'rate(1 day',
    'at(2026-01-05)',
    'at(2026-02-30T08:00:00)',
    'at(2026-01-05T25:00:00)',
    'at(2026-01-05T08:00:00Z)',
    'cron(0 8 * * ?)',
    'cron(0 8 * * ? * *)',
    'cron(0 8 * * * *)',
    'cron(0 8 ? * ? *)',
    'cron(0 8 1 * 1 *)',
    'cron(60 8 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 8 0 * ? *)',
    'cron(0 8 32 * ? *)',
    'cron(0 8 * 13 ? *)',
    'cron(0 8 ? * 0 *)',
    'cron(0 8 ? * 8 *)',
    'cron(0 8 ? * FRI-MON *)',
    'cron(0 8 ? * MONDAY *)',
    'cron(0 8 L * ? *)',
    'cron(0 8 15W * ? *)',
    'cron(0 8 ? * 2#1 *)',
    'cron(0 8 * * ? 1969)',
    'cron(0/0 8 * * ? *)',
    'cron(5, 8 * * ? *)',
    'cron(? 8 * * ? *)',
  ])('is refused with the expression %j', (expression) => {
    const { schedules, make } = prepare();

    expect(() => make({ expression })).toThrow(
      expect.objectContaining({
        name: 'ValidationException',
        message: `Invalid Schedule Expression ${expression}.`,
      }),
    );
    expect(schedules.all).toEqual([]);
  });

  it.each<[string, Partial<Schedule>, RegExp]>([
    ['a name of other characters', { name: 'a b' }, /Value 'a b' at 'name' failed to satisfy constraint/],
    ['a name that is too long', { name: 'x'.repeat(65) }, /regular expression pattern/],
    [
      'no window at all',
      { window: 0 },
      /Value '0' at .*maximumWindowInMinutes.* greater than or equal to 1$/,
    ],
    ['a window of more than a day', { window: 1441 }, /less than or equal to 1440$/],
    [
      'more retries than AWS makes',
      { target: { ...target, retryPolicy: { attempts: 186, ageSeconds: 60 } } },
      /maximumRetryAttempts.* less than or equal to 185$/,
    ],
    [
      'an age that AWS does not know',
      { target: { ...target, retryPolicy: { attempts: 0, ageSeconds: 59 } } },
      /maximumEventAgeInSeconds.* greater than or equal to 60$/,
    ],
  ])('is refused with %s', (_what, difference, message) => {
    expect(() => prepare().make(difference)).toThrow(
      expect.objectContaining({ name: 'ValidationException', message: expect.stringMatching(message) }),
    );
  });
});
