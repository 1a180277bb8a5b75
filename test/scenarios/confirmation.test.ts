import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { mishaps } from '../support/mishaps.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';
import { succeeded } from '../support/succeeded.ts';

const request = requestNamed('no-database');

/** When and in which state a directory is tagged, and how it was then. */
const taggings = (deployment: Deployment) => {
  const seen: object[] = [];
  let state = '';
  deployment.visiting((entered, run) => {
    state = entered;
    return run();
  });
  const note = () => seen.push({ state, stage: deployment.world.directories.all[0]?.stage });
  return { seen, note };
};

const tagsSchema = z.object({ ResourceId: z.string() });

describe('a new directory', () => {
  it('is confirmed long before it is used, where policies see the tag of its creation at once', async () => {
    const deployment = await deployedForTest(request);
    const { seen, note } = taggings(deployment);
    deployment.disturb((call, answer) => {
      if (call.operation === 'AddTagsToResource') note();
      return answer();
    });

    succeeded(await deployment.run(request));

    expect(seen).toEqual([{ state: 'Confirm new directory', stage: 'Requested' }]);
  });

  it('is confirmed, and used a moment later, where policies see tags with a delay', async () => {
    const deployment = await deployedForTest(request);
    const { world } = deployment;
    const { seen, note } = taggings(deployment);
    const changes = /^(AddIpRoutes|CreateConditionalForwarder|CreateTrust|VerifyTrust)$/;
    let taggedAt: number | undefined;
    let used = 0;
    deployment.disturb(async (call, answer) => {
      const now = world.clock.now();
      if (call.operation === 'AddTagsToResource') {
        note();
        if (seen.length === 1) throw new ServiceError('AccessDeniedException', 'Not authorized.');
        taggedAt = now;
      }
      if (changes.test(call.operation)) {
        used += 1;
        if (taggedAt === undefined || now < taggedAt + 10_000)
          throw new ServiceError('AccessDeniedException', 'Not authorized.');
      }
      return answer();
    });

    succeeded(await deployment.run(request));

    expect(seen).toEqual([
      { state: 'Confirm new directory', stage: 'Requested' },
      { state: 'Confirm directory', stage: 'Active' },
    ]);
    expect(used).toBeGreaterThan(0);
  });

  it('is confirmed, too, where the first one was deleted by hand while it was waited for', async () => {
    const deployment = await deployedForTest(request);
    const { world } = deployment;
    const { seen, note } = taggings(deployment);
    deployment.disturb((call, answer) => {
      if (call.operation === 'AddTagsToResource') note();
      return answer();
    });
    const running = deployment.begin(request);
    await world.clock.sleep(5 * 60_000);
    const [first] = world.directories.all;
    if (first === undefined) throw new RangeError('There is no directory.');
    world.directories.delete(first);
    await running.ended;

    succeeded(running);

    expect(world.directories.all).not.toContain(first);
    expect(seen).toMatchObject([{ state: 'Confirm new directory' }, { state: 'Confirm directory' }]);
  });

  it.each(['ClientException', 'ThrottlingException'])(
    'is confirmed when it is Active, where AWS tags none before: %s',
    async (code) => {
      const deployment = await deployedForTest(request);
      const { seen, note } = taggings(deployment);
      deployment.disturb((call, answer) => {
        if (call.operation !== 'AddTagsToResource') return answer();
        note();
        const [directory] = deployment.world.directories.all;
        return directory?.stage === 'Active' ? answer() : Promise.reject(new ServiceError(code, 'Not now.'));
      });

      succeeded(await deployment.run(request));

      expect(seen.at(-1)).toEqual({ state: 'Confirm directory', stage: 'Active' });
    },
  );

  it.each(['AccessDeniedException', 'ClientException'])(
    'that was made twice is confirmed and stays once, where AWS tags none while it is made: %s',
    async (code) => {
      const deployment = await deployedForTest(request);
      const { world } = deployment;
      deployment.disturb(async (call, answer) => {
        if (call.operation === 'CreateMicrosoftAD') {
          await answer();
          return mishaps.answerLost(call, answer);
        }
        const tagged = tagsSchema.safeParse(call.input).data?.ResourceId ?? '';
        const isMade = world.directories.find(tagged)?.stage === 'Active';
        if (call.operation === 'AddTagsToResource' && !isMade) throw new ServiceError(code, 'Not now.');
        return answer();
      });

      succeeded(await deployment.run(request));

      await world.clock.sleep(3_600_000);
      expect(world.directories.all).toHaveLength(1);
    },
  );

  it('is its own still, where it was not listed for a moment and another one could not be made', async () => {
    const deployment = await deployedForTest(request);
    let hidden = 0;
    deployment.disturb((call, answer) => {
      if (call.operation === 'CreateMicrosoftAD' && hidden > 0)
        return Promise.reject(new ServiceError('DirectoryLimitExceededException', 'Full.'));
      const isHidden = deployment.world.clock.now() > Date.UTC(2026, 0, 5, 8, 15) && hidden === 0;
      if (call.operation !== 'DescribeDirectories' || !isHidden) return answer();
      hidden += 1;
      return Promise.resolve({ DirectoryDescriptions: [] });
    });
    const execution = await deployment.run(request);
    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'DirectoryFailed' });

    await deployment.redrive(execution);

    succeeded(execution);
    expect(deployment.world.directories.all).toHaveLength(1);
  });

  it('is confirmed for its removal, where it was not before and fails; policies may see that late', async () => {
    const deployment = await deployedForTest(request);
    const { world } = deployment;
    world.directories.failures = 1;
    const { seen, note } = taggings(deployment);
    let taggedAt: number | undefined;
    let refusals = 0;
    deployment.disturb(async (call, answer) => {
      const now = world.clock.now();
      if (call.operation === 'AddTagsToResource') {
        note();
        if (seen.length === 1) throw new ServiceError('AccessDeniedException', 'Not authorized.');
        taggedAt ??= now;
      }
      if (call.operation === 'DeleteDirectory' && now < Number(taggedAt) + 60_000) {
        refusals += 1;
        throw new ServiceError('AccessDeniedException', 'Not authorized.');
      }
      return answer();
    });

    succeeded(await deployment.run(request));

    expect(refusals).toBeGreaterThan(0);
    expect(seen).toEqual([
      { state: 'Confirm new directory', stage: 'Requested' },
      { state: 'Confirm superfluous directory', stage: 'Failed' },
      { state: 'Confirm new directory', stage: 'Requested' },
    ]);
    expect(world.directories.all).toHaveLength(1);
  });
});
