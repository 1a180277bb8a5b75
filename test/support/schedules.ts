import { VirtualClock } from '../../simulator/world/clock.ts';
import { Random } from '../../simulator/world/random.ts';
import { type Schedule, Schedules, type Target } from '../../simulator/world/schedules.ts';

/** A Monday. */
export const start = Date.UTC(2026, 0, 5, 8);
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(60 * count);

export const target: Target = {
  arn: 'arn:aws:states:eu-central-1:111122223333:stateMachine:check',
  roleArn: 'arn:aws:iam::111122223333:role/schedule',
  input: '{"why":"daily"}',
};

/** Schedules whose targets are started in no time, and when that was. */
export const prepare = (seed = 1) => {
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
