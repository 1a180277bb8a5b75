import { describe, expect, it } from 'vitest';
import type { Execution } from '../../simulator/states/execution.ts';
import type { Clock } from '../../simulator/world/clock.ts';
import type { World } from '../../simulator/world/world.ts';
import { likenessAfter, likenessOf } from '../support/likeness.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';

const minutes = (count: number): number => count * 60_000;

type CarryOn = (deployment: Deployment, stopped: Execution, request: object) => Promise<Execution>;

const byAnother: CarryOn = ({ run }, _stopped, request) => run(request);
const byRedrive: CarryOn = async ({ redrive }, stopped) => {
  await redrive(stopped);
  return stopped;
};

const directoryIsActive = ({ directories }: World) => directories.all[0]?.stage === 'Active';
const databaseIsAvailable = ({ databases }: World) => databases.all[0]?.status === 'available';

/** When something is first the case, to the second. */
const firstTime = (clock: Clock, isSo: () => boolean): Promise<number> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (isSo()) resolve(clock.now());
      else clock.at(clock.now() + 1000, look);
    };
    look();
  });

describe('what an execution that was stopped had begun', () => {
  it.each([
    ['a directory, by another execution', 'no-database', 19, byAnother],
    ['a directory, by a redrive', 'no-database', 19, byRedrive],
    ['a database, by another execution', 'adopted-directory', 14, byAnother],
    ['a database, by a redrive', 'adopted-directory', 14, byRedrive],
  ])('is not waited for as if it were new: %s', async (_how, name, stoppedAfter, carryOn) => {
    const request = requestNamed(name);
    const deployment = await deployedForTest(request);
    const { account, world, visiting, begin, stop } = deployment;
    const isDirectory = name === 'no-database';
    const next = isDirectory ? 'Open directory traffic' : 'Join database';
    const isReady = () => (isDirectory ? directoryIsActive(world) : databaseIsAvailable(world));
    const first = begin(request);
    await world.clock.sleep(minutes(stoppedAfter));
    await stop(first);
    await account.concluded(first.arn);
    expect(isReady()).toBe(false);
    const readyAt = firstTime(world.clock, isReady);
    let wentOnAt = Number.POSITIVE_INFINITY;
    visiting((state, run) => {
      if (state === next) wentOnAt = Math.min(wentOnAt, world.clock.now());
      return run();
    });

    const execution = await carryOn(deployment, first, request);

    expect(execution.standing).toMatchObject({ status: 'SUCCEEDED' });
    // No longer than until the next poll.
    expect((wentOnAt - (await readyAt)) / 1000).toBeLessThan(30);
    expect(await likenessOf(account)).toEqual(await likenessAfter(request));
  });
});
