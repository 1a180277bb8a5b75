import { beforeAll, describe, expect, it } from 'vitest';
import { parseRequest } from '../../functions/request/schema.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { asRequested } from '../support/as-requested.ts';
import { disturbAt, type Position, telling, undisturbedRun } from '../support/disturbed.ts';
import { allMishaps, mishaps } from '../support/mishaps.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';
import { standingIn } from '../support/standing.ts';
import { thrown } from '../support/state-machines.ts';
import { ledgerOf } from '../support/world-snapshot.ts';

const removing = 'Remove superfluous directory';
const made = ['Ensure directory', 'Confirm new directory', 'Await directory'];
const removed = ['Confirm superfluous directory', removing];
const request = requestNamed('no-database');

/** So many directories fail in their first minutes. */
const failing =
  (count: number) =>
  ({ world }: Deployment): void => {
    world.directories.failures = count;
  };

/** The states about the directory that an execution enters, in their order, and when. */
const watched = (deployment: Deployment) => {
  const visits: { readonly state: string; readonly at: number }[] = [];
  deployment.visiting((state, run) => {
    if (state.endsWith(' directory')) visits.push({ state, at: deployment.world.clock.now() });
    return run();
  });
  const entered = () =>
    visits.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
  return { visits, entered };
};

/** Every role that asked for it. */
const askers = ({ guard }: Deployment, action: string): ReadonlySet<string> =>
  new Set(
    guard.decided
      .filter(({ access }) => access.action === action)
      .map(({ principal }) => principal.name.replace(/^.*assumed-role\/([\w-]+).*$/, '$1')),
  );

/** The execution has succeeded, there is one directory, and the ledger names it in its last entry of one. */
const expectOne = async ({ world, account }: Deployment, { standing }: Execution, wanted = request) => {
  expect(standing.cause ?? standing.status).toBe('SUCCEEDED');
  // Nobody waits until a twin is gone.
  await world.clock.sleep(3_600_000);
  expect(standingIn(world)).toEqual(asRequested(parseRequest(wanted), world));
  const entries = (await ledgerOf(account)).filter(({ item = '' }) => item.startsWith('made#directory#'));
  expect(entries.map(({ id }) => id).at(-1)).toBe(world.directories.all[0]?.directoryId);
};

describe('a directory that fails in its first minutes', () => {
  let calls: readonly Position[];
  beforeAll(async () => {
    ({ calls } = await undisturbedRun(request, failing(1)));
  });

  it('is removed by the one role that deletes directories, and made once more as soon as it is gone', async () => {
    const withDatabase = requestNamed('one-way-forest');
    const deployment = await deployedForTest(withDatabase);
    failing(1)(deployment);
    const { visits, entered } = watched(deployment);

    const execution = await deployment.run(withDatabase);

    await expectOne(deployment, execution, withDatabase);
    expect(entered()).toEqual([...made, ...removed, ...made, 'Confirm directory']);
    expect(askers(deployment, 'ds:DeleteDirectory')).toEqual(new Set(['forestbridge-remove-directory']));
    expect(askers(deployment, 'ds:AddTagsToResource')).toEqual(
      new Set(['forestbridge-ensure-directory', 'forestbridge-confirm-directory']),
    );
    const lastRemoval = visits.findLast(({ state }) => state === removing);
    expect(deployment.world.directories.all[0]?.launchedAt).toBe(lastRemoval?.at);
  });

  it.each(Object.entries(allMishaps))(
    'leaves one directory where the calls around its removal are disturbed: %s',
    async (_kind, mishap) => {
      const around = telling(calls).filter(
        ({ state, operation }) =>
          removed.includes(state) || (operation === 'dynamodb:PutItem' && state.endsWith(' directory')),
      );
      expect(around.map(({ operation }) => operation)).toContain('ds:DeleteDirectory');
      const deployment = await deployedForTest(request);
      failing(1)(deployment);
      const left = disturbAt(deployment, around, mishap);

      await expectOne(deployment, await deployment.run(request));
      expect(left.size).toBe(0);
    },
  );

  it('comes anew once and no oftener; a redrive goes on where the second one was deleted by hand', async () => {
    const deployment = await deployedForTest(request);
    failing(99)(deployment);
    const { entered } = watched(deployment);

    const execution = await deployment.run(request);

    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'DirectoryFailed' });
    expect((await deployment.explain(execution)).cause).toContain('failed at "Await directory"');
    expect(entered().filter((state) => state === removing)).toHaveLength(1);
    expect(deployment.world.directories.failures).toBe(97);

    failing(0)(deployment);
    for (const failed of deployment.world.directories.all) deployment.world.directories.delete(failed);
    await deployment.redrive(execution);

    await expectOne(deployment, execution);
  });

  it.each(['before', 'after'])(
    'is removed by a redrive where the execution broke off there: %s the function ran',
    async (when) => {
      const deployment = await deployedForTest(request);
      failing(1)(deployment);
      let hasBroken = false;
      deployment.visiting(async (state, run) => {
        if (state !== removing || hasBroken) return run();
        hasBroken = true;
        if (when === 'after') await run().catch(() => {});
        throw thrown('TypeError', 'Out of memory.');
      });
      const execution = await deployment.run(request);
      expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'TypeError' });

      await deployment.redrive(execution);

      await expectOne(deployment, execution);
    },
  );

  it('that AWS does not delete is told of with its words, and is no obstacle once it does', async () => {
    const deployment = await deployedForTest(request);
    failing(1)(deployment);
    deployment.disturb((call, answer) =>
      call.operation === 'DeleteDirectory'
        ? Promise.reject(new ServiceError('ClientException', 'It is in use.'))
        : answer(),
    );
    const execution = await deployment.run(request);
    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'DirectoryFailed' });
    expect((await deployment.explain(execution)).cause).toMatch(
      /failed at "Remove superfluous directory" on \S+ with DirectoryFailed\. ClientException: It is in use\./,
    );

    deployment.disturb((_call, answer) => answer());
    await deployment.redrive(execution);

    await expectOne(deployment, execution);
  });
});

const doubledAndLost: typeof mishaps.answerLost = async (call, answer) => {
  await answer();
  return mishaps.answerLost(call, answer);
};

describe('a directory that was made twice', () => {
  it.each([
    ['the answer was lost', doubledAndLost, ['Ensure directory', ...removed, ...made]],
    ['the answer came', mishaps.carriedOutTwice, [...made, ...removed, ...made]],
  ])('stays once, and takes no longer than another one: %s', async (_which, mishap, states) => {
    const deployment = await deployedForTest(request);
    const { visits, entered } = watched(deployment);
    let asked = 0;
    deployment.disturb((call, answer) => {
      if (call.operation !== 'CreateMicrosoftAD') return answer();
      asked += 1;
      return mishap(call, answer);
    });

    await expectOne(deployment, await deployment.run(request));

    expect(asked).toBe(1);
    expect(entered()).toEqual([...states, 'Confirm directory']);
    const [left] = deployment.world.directories.all;
    const seen = visits.at(-1)?.at ?? 0;
    expect((seen - Number(left?.changedAt)) / 1000).toBeLessThan(90);
  });
});
