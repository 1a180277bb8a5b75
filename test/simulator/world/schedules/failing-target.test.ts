import { describe, expect, it } from 'vitest';
import { Random } from '../../../../simulator/world/random.ts';
import { Schedules } from '../../../../simulator/world/schedules.ts';
import { hours, minutes, prepare, start, target } from '../../../support/schedules.ts';

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
