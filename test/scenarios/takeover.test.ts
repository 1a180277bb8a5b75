import {
  AddTagsToResourceCommand,
  DeleteDirectoryCommand,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { localClient } from '../../cli/local-client.ts';
import { functionKey } from '../../cli/signatures.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import { createDirectory } from '../support/new-directory.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';

const request = requestNamed('no-database');

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
    const { directory, requestId } = parseRequest(request);
    if (directory.directoryId !== null) throw new TypeError('The request adopts a directory.');
    const foreign = { ...directory, name: 'payroll.example.com', shortName: 'PAYROLL', tags: new Map() };
    const { directoryId: ResourceId, tags } = deployment.world.directories.place(foreign);
    const putting = (role: string, Key: string) =>
      directoriesAs(deployment, role).send(
        new AddTagsToResourceCommand({ ResourceId, Tags: [{ Key, Value: requestId }] }),
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
