import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../functions/request/schema.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { mishaps } from '../support/mishaps.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';
import { succeeded } from '../support/succeeded.ts';

const request = requestNamed('no-database');

/** A directory of the wanted name that stood there an hour before, with the tag of one created for the request. */
const placeOlder = ({ world }: Deployment) => {
  const { directory, requestId } = parseRequest(request);
  if (directory.directoryId !== null) throw new TypeError('The request adopts a directory.');
  const tags = new Map([['forestbridge:created-for', requestId]]);
  const older = world.directories.place({ ...directory, tags });
  return Object.assign(older, { launchedAt: world.clock.now() - 3_600_000 });
};

describe('a directory that cannot be confirmed', () => {
  it('because it lost its tags is not used, and is after somebody has put one back', async () => {
    const deployment = await deployedForTest(request);
    const { world } = deployment;
    const running = deployment.begin(request);
    await world.clock.sleep(5 * 60_000);
    const [made] = world.directories.all;
    made?.tags.clear();
    await running.ended;
    expect(running.standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
    expect((await deployment.explain(running)).cause).toMatch(
      /failed at "Confirm directory" .* has no tag forestbridge:created-for of the value directory-only\./,
    );
    expect(made?.forwarders.size).toBe(0);

    made?.tags.set('forestbridge:created-for', 'directory-only');
    await deployment.redrive(running);

    succeeded(running);
  });

  it('because it is older than the asking is left alone, and the own one is used', async () => {
    const deployment = await deployedForTest(request);
    const { world } = deployment;
    let older: ReturnType<typeof placeOlder> | undefined;
    deployment.disturb(async (call, answer) => {
      if (call.operation !== 'CreateMicrosoftAD' || older !== undefined) return answer();
      older = placeOlder(deployment);
      return mishaps.answerLost(call, answer);
    });

    const execution = await deployment.run(request);

    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
    expect(older?.tags.has('forestbridge:request')).toBe(false);
    older?.tags.clear();
    await deployment.redrive(execution);
    succeeded(execution);
    const used = world.directories.all.filter(
      ({ forwarders, trusts }) => forwarders.size + trusts.length > 0,
    );
    expect(used).toHaveLength(1);
    expect(used).not.toContain(older);
  });

  it('because AWS never lets it be tagged ends the execution with the words of AWS', async () => {
    const deployment = await deployedForTest(request);
    deployment.disturb((call, answer) =>
      call.operation === 'AddTagsToResource'
        ? Promise.reject(new ServiceError('AccessDeniedException', 'An SCP forbids ds:AddTagsToResource.'))
        : answer(),
    );

    const execution = await deployment.run(request);

    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'NotReady' });
    expect((await deployment.explain(execution)).cause).toMatch(
      /failed at "Confirm directory" on \S+ with NotReady\. It tried 21 times in 5 min; the last answer was: The directory d-\w+ cannot be tagged yet\. AWS: An SCP forbids ds:AddTagsToResource\. If this goes on, allow it/,
    );
  });
});
