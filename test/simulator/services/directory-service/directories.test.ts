import {
  AddTagsToResourceCommand,
  DeleteDirectoryCommand,
  DescribeDirectoriesCommand,
  ListTagsForResourceCommand,
  RegisterEventTopicCommand,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { directoryId, subnetIds, vpcId } from '../../../support/company.ts';
import { companyAccount } from '../../../support/company-account.ts';
import { settings } from '../../../support/database-account.ts';
import { createDirectory, describedDirectory, placeAnother } from '../../../support/new-directory.ts';

describe('DescribeDirectories', () => {
  it('hands out all page by page', async () => {
    const account = companyAccount();
    const { directoryId: second } = placeAnother(account, 'second.example.com');
    const { directoryId: third } = placeAnother(account, 'third.example.com');
    const pageAt = async (input: object) => {
      const page = await account.ds.send(new DescribeDirectoriesCommand({ Limit: 2, ...input }));
      return {
        ids: page.DirectoryDescriptions?.map(({ DirectoryId }) => DirectoryId),
        NextToken: page.NextToken,
      };
    };

    const first = await pageAt({});
    expect(first.ids).toEqual([directoryId, second]);
    expect(await pageAt({ NextToken: first.NextToken })).toEqual({ ids: [third], NextToken: undefined });
    expect((await pageAt({ Limit: undefined })).ids).toHaveLength(3);
    for (const NextToken of ['x', '99'])
      await expect(pageAt({ NextToken })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  it.each([
    ['EntityDoesNotExistException', ['d-0000000000']],
    ['EntityDoesNotExistException', [directoryId, 'd-0000000000']],
    ['InvalidParameterException', []],
  ])('answers %s for %j', async (name, ids) => {
    await expect(describedDirectory(companyAccount().ds, ...ids)).rejects.toMatchObject({ name });
  });
});

const tag = (Key: string, Value: string) => ({ Key, Value });

describe('AddTagsToResource', () => {
  it('adds tags, and gives those that are there another value', async () => {
    const { ds, directory } = companyAccount();
    directory.tags.set('team', 'books').set('stage', 'test');
    const Tags = [tag('team', 'orders'), tag('owner', 'Ann')];

    await ds.send(new AddTagsToResourceCommand({ ResourceId: directoryId, Tags }));

    const listed = await ds.send(new ListTagsForResourceCommand({ ResourceId: directoryId }));
    expect(listed.Tags).toEqual([tag('team', 'orders'), tag('stage', 'test'), tag('owner', 'Ann')]);
  });

  it('lets a directory have 50 tags', async () => {
    const { ds, directory } = companyAccount();
    const adding = (count: number) => {
      const Tags = Array.from({ length: count }, (_, index) => tag(String(index), ''));
      return ds.send(new AddTagsToResourceCommand({ ResourceId: directoryId, Tags }));
    };

    await expect(adding(51)).rejects.toMatchObject({ name: 'TagLimitExceededException' });
    expect(directory.tags.size).toBe(0);
    await adding(50);
    await adding(50);
    expect(directory.tags.size).toBe(50);
  });

  it('asks for a directory that is there', async () => {
    const adding = new AddTagsToResourceCommand({ ResourceId: 'd-0000000000', Tags: [] });
    await expect(companyAccount().ds.send(adding)).rejects.toMatchObject({
      name: 'EntityDoesNotExistException',
    });
  });
});

describe('DeleteDirectory', () => {
  it('takes some minutes, and everything that belongs to the directory with it', async () => {
    const account = companyAccount();
    const { ds, world, minutes } = account;
    const other = placeAnother(account, 'other.example.com');
    const { DirectoryId } = await ds.send(new DeleteDirectoryCommand({ DirectoryId: directoryId }));
    await ds.send(new DeleteDirectoryCommand({ DirectoryId: directoryId }));

    expect(DirectoryId).toBe(directoryId);
    expect(await describedDirectory(ds, directoryId)).toMatchObject({
      Stage: 'Deleting',
      DirectoryId: directoryId,
    });
    await minutes(11);
    await expect(describedDirectory(ds, directoryId)).rejects.toMatchObject({
      name: 'EntityDoesNotExistException',
      message: `Directory ${directoryId} does not exist`,
    });
    expect(world.directories.all).toEqual([other]);
    expect([...world.network.securityGroups.keys()]).toEqual([other.securityGroupId]);
    expect([...world.network.interfaces.values()].map(({ address }) => address)).toEqual(
      other.dnsIpAddresses,
    );
  });

  it('calls a creation off', async () => {
    const { ds, world, minutes } = companyAccount();
    const id = await createDirectory(ds);

    await ds.send(new DeleteDirectoryCommand({ DirectoryId: id }));
    await minutes(1);
    expect((await describedDirectory(ds, id))?.Stage).toBe('Deleting');
    await minutes(50);

    expect(world.directories.all.map((one) => one.directoryId)).toEqual([directoryId]);
  });

  it('is refused while an instance is a member', async () => {
    const { ds, world } = companyAccount();
    world.databases.addSubnetGroup({
      name: settings.subnetGroupName,
      description: 'Databases',
      vpcId,
      subnetIds,
      tags: new Map(),
    });
    const instance = world.databases.place(settings, { directoryId, roleName: 'forestbridge-rds' });
    const remove = () => ds.send(new DeleteDirectoryCommand({ DirectoryId: directoryId }));

    await expect(remove()).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining('still has authorized applications'),
    });
    if (instance.membership !== null) instance.membership.status = 'failed';
    await expect(remove()).resolves.toMatchObject({ DirectoryId: directoryId });
  });
});

describe('Directory Service', () => {
  it('knows no operation that it has not', async () => {
    const event = { DirectoryId: directoryId, TopicName: 'x' };
    await expect(companyAccount().ds.send(new RegisterEventTopicCommand(event))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'The simulated ds does not know RegisterEventTopic.',
    });
  });
});
