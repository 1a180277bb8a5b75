import { describe, expect, it } from 'vitest';
import { watchSchedule } from '../../cli/local-account.ts';
import { deployedForTest } from '../support/provisioning.ts';
import { hours, request, watchesOf } from '../support/watched-trusts.ts';

describe('the schedule of the watch over the trusts', () => {
  it('that may not start what it is to start is kept as a dead letter', async () => {
    const { world } = await deployedForTest(request);
    const { schedules, clock } = world;
    const schedule = schedules.find(watchSchedule);
    if (schedule === undefined) throw new Error('There is no schedule.');
    const target = { ...schedule.target, arn: `${schedule.target.arn}-of-old` };

    schedules.schedule({ ...schedule, target, state: 'ENABLED' });
    await clock.sleep(hours(4));

    expect(schedules.deadLetters).toMatchObject([
      { target, error: 'AccessDeniedException', message: expect.stringContaining(target.arn) },
    ]);
  });

  it('does not begin by itself, nor keeps the time going', async () => {
    const deployment = await deployedForTest(request);
    await deployment.run(request);
    await deployment.world.clock.sleep(hours(48));
    expect(watchesOf(deployment)).toEqual([]);

    deployment.world.schedules.enable(watchSchedule);
    const now = deployment.world.clock.now();
    await new Promise((resolve) => setImmediate(resolve));
    expect(deployment.world.clock.now()).toBe(now);
  });
});
