import {
  AddTagsToResourceCommand,
  DeleteDirectoryCommand,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { localClient } from '../../cli/local-client.ts';
import { functionKey } from '../../cli/signatures.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { createDirectory } from '../support/new-directory.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';

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

const succeeded = ({ standing }: Execution): void =>
  expect(standing.cause ?? standing.status).toBe('SUCCEEDED');

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

  it('that AWS never lets be confirmed ends the execution with the words of AWS', async () => {
    const deployment = await deployedForTest(request);
    deployment.disturb((call, answer) =>
      call.operation === 'AddTagsToResource'
        ? Promise.reject(new ServiceError('AccessDeniedException', 'An SCP forbids ds:AddTagsToResource.'))
        : answer(),
    );

    const execution = await deployment.run(request);

    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'NotReady' });
    expect((await deployment.explain(execution)).cause).toMatch(
      /failed at "Confirm directory" on \S+ with NotReady\. It tried 21 times in 5 min; the last answer was: The directory d-\w+ cannot be tagged yet\. AWS: An SCP forbids ds:AddTagsToResource\./,
    );
  });
});

const directoriesAs = ({ account: { endpoint, world } }: Deployment, name: string) =>
  new DirectoryServiceClient(
    localClient({ requestHandler: endpoint.requestHandler(), region: world.region }, functionKey(name)),
  );

const denied = (action: string) => ({
  name: 'AccessDeniedException',
  message: expect.stringContaining(`is not authorized to perform: ${action} on`),
});

describe('who takes over the code of a function', () => {
  it('of ensure-directory deletes no directory, not even with our tag; of remove-directory makes none', async () => {
    const deployment = await deployedForTest(request);
    await deployment.run(request);
    const [ours] = deployment.world.directories.all;
    const deletion = new DeleteDirectoryCommand({ DirectoryId: ours?.directoryId });

    await expect(directoriesAs(deployment, 'ensure-directory').send(deletion)).rejects.toMatchObject(
      denied('ds:DeleteDirectory'),
    );
    await expect(createDirectory(directoriesAs(deployment, 'remove-directory'))).rejects.toMatchObject(
      denied('ds:CreateMicrosoftAD'),
    );

    expect(deployment.world.directories.all).toEqual([ours]);
    expect(ours?.stage).toBe('Active');
  });

  it('of ensure-directory or of confirm-directory makes a foreign directory ours by no tag of its own', async () => {
    const deployment = await deployedForTest(request);
    const { directory } = parseRequest(request);
    if (directory.directoryId !== null) throw new TypeError('The request adopts a directory.');
    const foreign = { ...directory, name: 'payroll.example.com', shortName: 'PAYROLL', tags: new Map() };
    const { directoryId: ResourceId, tags } = deployment.world.directories.place(foreign);
    const putting = (role: string, Key: string) =>
      directoriesAs(deployment, role).send(
        new AddTagsToResourceCommand({ ResourceId, Tags: [{ Key, Value: 'no-database' }] }),
      );
    const refused = denied('ds:AddTagsToResource');

    await expect(putting('ensure-directory', 'forestbridge:request')).rejects.toMatchObject(refused);
    await expect(putting('confirm-directory', 'forestbridge:request')).rejects.toMatchObject(refused);
    await expect(putting('confirm-directory', 'forestbridge:created-for')).rejects.toMatchObject(refused);
    expect(tags.size).toBe(0);
    await putting('ensure-directory', 'forestbridge:created-for');
    await expect(putting('ensure-directory', 'forestbridge:request')).rejects.toMatchObject(refused);
    expect([...tags.keys()]).toEqual(['forestbridge:created-for']);
  });
});
