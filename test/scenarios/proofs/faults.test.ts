import { beforeAll, describe, expect, it } from 'vitest';
import { disturbAt, type Position, parts, telling, textOf, undisturbedRun } from '../../support/disturbed.ts';
import { likenessOf } from '../../support/likeness.ts';
import { allMishaps, mishaps } from '../../support/mishaps.ts';
import { deployed, deployedForTest, requestNamed } from '../../support/provisioning.ts';
import type { Plain } from '../../support/world-snapshot.ts';

/** Whether every single call is disturbed in a run of its own, which takes some minutes. */
const all = process.env['FAULTS'] === 'all';
const timeout = all ? 3_600_000 : 30_000;

/** In how many runs the calls of a request are disturbed; less than all of these where others tell as much. */
const runs = 4;
const runsOf = (request: string, mishap: string): readonly number[] => {
  // To a function a throttled call is one that was lost.
  if (request === 'one-way-forest')
    return ['throttled', 'answerCutOff'].includes(mishap) ? [0] : [0, 1, 2, 3];
  return { answerLost: [0], callLost: [1], carriedOutTwice: [2] }[mishap] ?? [];
};

describe.each(['one-way-forest', 'adopted-directory', 'existing-instance'])('the request %s', (name) => {
  const request = requestNamed(name);
  let undisturbed: Plain;
  let calls: readonly Position[];

  beforeAll(async () => {
    ({ likeness: undisturbed, calls } = await undisturbedRun(request));
  });

  /** Which calls are disturbed together. */
  const together = (mishap: string): readonly (readonly Position[])[] =>
    all
      ? calls.map((call) => [call])
      : parts(telling(calls), runs).filter((_part, index) => runsOf(name, mishap).includes(index));

  it.each(Object.entries(allMishaps).filter(([kind]) => all || runsOf(name, kind).length > 0))(
    'leaves one of everything where calls are disturbed: %s',
    async (kind, mishap) => {
      const failures: string[] = [];
      for (const part of together(kind)) {
        const deployment = await deployed([request]);
        const left = disturbAt(deployment, part, mishap);
        const { standing } = await deployment.run(request);
        const where = part.map(textOf).join(', ');
        if (standing.status !== 'SUCCEEDED') failures.push(`${where}: ${standing.error} ${standing.cause}`);
        else if (all && left.size > 0) failures.push(`${where}: not made`);
        else expect(await likenessOf(deployment.account), where).toEqual(undisturbed);
        const comments = deployment.world.commands.all.map(({ comment }) => comment);
        if (kind !== 'carriedOutTwice') expect(new Set(comments).size, where).toBe(comments.length);
        await deployment.close();
      }
      expect(failures).toEqual([]);
    },
    timeout,
  );
});

describe('what never ends', () => {
  const request = requestNamed('one-way-forest');

  it.each([
    ['throttled', 'Ensure directory', 'CreateMicrosoftAD', /AWS asked to try again later: Throttling/],
    ['callLost', 'Create trust on premises', 'SendCommand', /AWS did not answer/],
    ['throttled', 'Claim request', 'PutItem', /AWS asked to try again later: Throttling/],
  ] as const)('is named: %s at "%s"', async (kind, state, operation, cause) => {
    const { state: current, disturb, run, explain } = await deployedForTest(request);
    disturb((call, answer) =>
      call.operation === operation && current() === state ? mishaps[kind](call, answer) : answer(),
    );

    const execution = await run(request);

    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'Throttled' });
    const explanation = await explain(execution);
    expect(explanation.cause).toContain(`failed at "${state}" on `);
    expect(explanation.cause).toMatch(/It tried 9 times in /);
    expect(explanation.cause).toMatch(cause);
  });
});
