import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { Random } from '../../../simulator/world/random.ts';
import { type Schedule, Schedules, type Target } from '../../../simulator/world/schedules.ts';

/** A Monday. */
const start = Date.UTC(2026, 0, 5, 8);
const minutes = (count: number): number => count * 60_000;
const hours = (count: number): number => minutes(60 * count);

const target: Target = {
  arn: 'arn:aws:states:eu-central-1:111122223333:stateMachine:check',
  roleArn: 'arn:aws:iam::111122223333:role/schedule',
  input: '{"why":"daily"}',
};

/** Schedules whose targets are started in no time, and when that was. */
const prepare = (seed = 1) => {
  const clock = new VirtualClock(start);
  const schedules = new Schedules({
    clock,
    random: new Random(seed),
    accountId: '111122223333',
    region: 'eu-central-1',
  });
  const started: string[] = [];
  const targets: Target[] = [];
  schedules.deliverBy(async (target) => {
    started.push(new Date(clock.now()).toISOString().slice(0, 16));
    targets.push(target);
  });
  return {
    clock,
    schedules,
    started,
    targets,
    make: (difference: Partial<Schedule> = {}) =>
      schedules.schedule({ name: 'daily', expression: 'rate(1 day)', window: null, target, ...difference }),
  };
};

/** What is tried, when, and what becomes of it. */
const failing = (times: number) => {
  const prepared = prepare();
  const { clock, schedules } = prepared;
  const tried: number[] = [];
  schedules.deliverBy(async ({ arn }) => {
    tried.push((clock.now() - start) / 60_000);
    if (tried.length <= times)
      throw Object.assign(new Error(`There is no ${arn}`), { name: 'StateMachineDoesNotExist' });
  });
  return { ...prepared, tried };
};

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

    await new Promise((resolve) => setImmediate(resolve));

    expect(clock.now()).toBe(start);
    expect(started).toEqual([]);
  });

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

  it.each(['x'.repeat(64), 'a.b-c_D9'])('is called %s', (name) => {
    expect(prepare().make({ name }).name).toBe(name);
  });
});

describe('a target that cannot be started', () => {
  const queue = 'arn:aws:sqs:eu-central-1:111122223333:dead';
  const once = 'at(2026-01-05T08:00:00)';

  it('is tried again, later and later', async () => {
    const { clock, schedules, tried, make } = failing(6);
    make({ expression: once, target: { ...target, deadLetterArn: queue } });

    await clock.sleep(hours(24));

    expect(tried).toEqual([0, 1, 3, 7, 15, 23, 31]);
    expect(schedules.deadLetters).toEqual([]);
  });

  it('is given up after its retries, and kept as a dead letter', async () => {
    const { clock, schedules, tried, make } = failing(99);
    const wanted = { ...target, deadLetterArn: queue, retryPolicy: { attempts: 2, ageSeconds: 3600 } };
    const { arn } = make({ expression: once, target: wanted });

    await clock.sleep(hours(24));

    expect(tried).toEqual([0, 1, 3]);
    expect(schedules.deadLetters).toEqual([
      {
        scheduleArn: arn,
        target: wanted,
        dueAt: start,
        at: start + minutes(3),
        retries: 2,
        exhausted: 'MaximumRetryAttempts',
        error: 'StateMachineDoesNotExist',
        message: `There is no ${target.arn}`,
      },
    ]);
  });

  it('is given up when it is too old', async () => {
    const { clock, schedules, tried, make } = failing(99);
    const retryPolicy = { attempts: 185, ageSeconds: 600 };
    make({ expression: once, target: { ...target, deadLetterArn: queue, retryPolicy } });

    await clock.sleep(hours(24));

    expect(tried).toEqual([0, 1, 3, 7]);
    expect(schedules.deadLetters).toMatchObject([{ retries: 3, exhausted: 'MaximumEventAgeInSeconds' }]);
  });

  it('is tried for a day at most where nothing is said of it', async () => {
    const { clock, schedules, tried, make } = failing(999);
    make({ expression: once, target: { ...target, deadLetterArn: queue } });

    await clock.sleep(hours(48));

    expect(tried.at(-1)).toBeLessThanOrEqual(24 * 60);
    expect(tried.length).toBeGreaterThan(170);
    expect(schedules.deadLetters).toHaveLength(1);
  });

  it('is forgotten where there is no queue for it, and the schedule goes on', async () => {
    const { clock, schedules, tried, make } = failing(1);
    make({ target: { ...target, retryPolicy: { attempts: 0, ageSeconds: 60 } } });

    await clock.sleep(hours(30));

    expect(tried).toEqual([0, 24 * 60]);
    expect(schedules.deadLetters).toEqual([]);
  });

  it('is every one before somebody says how to start one', async () => {
    const { clock, make } = prepare();
    const schedules = new Schedules({ clock, random: new Random(1), accountId: '1', region: 'x' });
    const silent = { ...target, deadLetterArn: queue, retryPolicy: { attempts: 0, ageSeconds: 60 } };
    schedules.schedule({ ...make({ expression: once }), target: silent });

    await clock.sleep(minutes(1));

    expect(schedules.deadLetters).toMatchObject([{ message: `Nothing is known of ${target.arn}.` }]);
  });
});
