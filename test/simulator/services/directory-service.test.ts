import {
  CreateMicrosoftADCommand,
  type CreateMicrosoftADCommandInput,
  DeleteDirectoryCommand,
  DescribeDirectoriesCommand,
  type DirectoryServiceClient,
  GetDirectoryLimitsCommand,
  ListTagsForResourceCommand,
  RegisterEventTopicCommand,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { directoryId, subnetIds, vpcId } from '../../support/company.ts';
import { companyAccount, start } from '../../support/company-account.ts';
import { settings } from '../../support/database-account.ts';

const wanted: CreateMicrosoftADCommandInput = {
  Name: 'Cloud.Example.com',
  ShortName: 'cloud',
  Password: 'S3cret-of-the-root',
  Edition: 'Standard',
  Description: 'Orders',
  VpcSettings: { VpcId: vpcId, SubnetIds: subnetIds },
  Tags: [{ Key: 'team', Value: 'orders' }],
};

const create = async (ds: DirectoryServiceClient, difference: object = {}): Promise<string> =>
  String((await ds.send(new CreateMicrosoftADCommand({ ...wanted, ...difference }))).DirectoryId);

const shown = async (ds: DirectoryServiceClient, ...DirectoryIds: string[]) =>
  (await ds.send(new DescribeDirectoriesCommand({ DirectoryIds }))).DirectoryDescriptions?.[0];

const place = ({ world }: ReturnType<typeof companyAccount>, name: string) =>
  world.directories.place({
    name,
    shortName: 'OTHER',
    edition: 'Standard',
    description: null,
    vpcId,
    subnetIds,
    tags: new Map(),
  });

describe('a new directory', () => {
  it('is Requested, Creating and Active within 20 to 45 minutes, and knows its addresses then', async () => {
    const { ds, seconds, minutes } = companyAccount();
    const id = await create(ds);

    expect(await shown(ds, id)).toMatchObject({
      DirectoryId: id,
      Name: 'cloud.example.com',
      ShortName: 'CLOUD',
      Edition: 'Standard',
      Description: 'Orders',
      Stage: 'Requested',
      Type: 'MicrosoftAD',
      LaunchTime: new Date(start),
      VpcSettings: { VpcId: vpcId, SubnetIds: subnetIds, AvailabilityZones: ['eu-west-1a', 'eu-west-1b'] },
      RegionsInfo: { PrimaryRegion: 'eu-central-1' },
    });
    await seconds(20);
    expect(await shown(ds, id)).toMatchObject({ Stage: 'Creating', Name: 'cloud.example.com' });
    await minutes(19);
    expect((await shown(ds, id))?.DnsIpAddrs).toBeUndefined();
    await minutes(26);
    const active = await shown(ds, id);
    expect(active).toMatchObject({ Stage: 'Active', DnsIpAddrs: ['10.0.0.5', '10.0.1.5'] });
    const minutesTaken = (Number(active?.StageLastUpdatedDateTime) - start) / 60_000;
    expect(minutesTaken).toBeGreaterThanOrEqual(20);
    expect(minutesTaken).toBeLessThanOrEqual(45);
  });

  it('has a group that lets in what the VPC asks, and nothing out but to itself', async () => {
    const { ds, world } = companyAccount();
    const id = await create(ds);

    const groupId = (await shown(ds, id))?.VpcSettings?.SecurityGroupId ?? '';
    const group = world.network.securityGroups.get(groupId);
    expect(group).toMatchObject({
      name: `${id}_controllers`,
      description: `AWS created security group for ${id} directory controllers`,
    });
    expect(group?.rules.filter(({ egress }) => egress)).toMatchObject([{ protocol: '-1', peer: groupId }]);
    expect(new Set(group?.rules.map(({ peer }) => peer))).toEqual(new Set([groupId, '10.0.0.0/16']));
    const own = [...world.network.interfaces.values()].filter(({ securityGroupIds }) =>
      securityGroupIds.includes(groupId),
    );
    expect(own.map(({ description }) => description)).toEqual(
      Array.from({ length: 2 }, () => `AWS created network interface for directory ${id}`),
    );
  });

  it('carries its tags, takes its short name from its name and is Enterprise by default', async () => {
    const { ds } = companyAccount();
    const id = await create(ds, { ShortName: undefined, Edition: undefined, Description: undefined });
    const bare = await create(ds, { Name: 'bare.example.com', Tags: undefined });
    const tagsOf = async (ResourceId: string) =>
      (await ds.send(new ListTagsForResourceCommand({ ResourceId }))).Tags;

    expect(await shown(ds, id)).toMatchObject({ ShortName: 'CLOUD', Edition: 'Enterprise' });
    expect(await tagsOf(id)).toEqual(wanted.Tags);
    expect(await tagsOf(bare)).toEqual([]);
  });

  it('is not the same one where it is asked for twice', async () => {
    const { ds, world } = companyAccount();

    expect(await create(ds)).not.toBe(await create(ds));
    expect(world.directories.all).toHaveLength(3);
  });

  it('fails in its first minutes where the world says so, and the next one does not', async () => {
    const { ds, world, minutes } = companyAccount();
    world.directories.failures = 1;
    const [failing, next] = [await create(ds), await create(ds, { Name: 'next.example.com' })];

    await minutes(5);
    expect(await shown(ds, failing)).toMatchObject({
      Stage: 'Failed',
      StageReason: /internal service error/,
    });
    await minutes(40);
    expect((await shown(ds, failing))?.Stage).toBe('Failed');
    expect((await shown(ds, next))?.Stage).toBe('Active');
  });

  const subnets = (...SubnetIds: string[]) => ({ VpcSettings: { VpcId: vpcId, SubnetIds } });
  const [one = '', other = ''] = subnetIds;

  it.each([
    ['one subnet', 'InvalidParameterException', /two subnets in different/, subnets(one)],
    ['three subnets', 'InvalidParameterException', /two subnets/, subnets(one, other, 'subnet-x')],
    ['an unknown subnet', 'InvalidParameterException', /two subnets/, subnets(one, 'subnet-x')],
    ['one subnet twice', 'ClientException', /must be in different/, subnets(one, one)],
    ['another VPC', 'ClientException', /VPC/, { VpcSettings: { VpcId: 'vpc-2', SubnetIds: subnetIds } }],
    ['no such VPC', 'ClientException', /VPC/, { VpcSettings: { VpcId: 'vpc-3', SubnetIds: subnetIds } }],
    ['a single label', 'ValidationException', /Value 'cloud' at 'name'/, { Name: 'cloud' }],
    ['a dot in the short name', 'ValidationException', /'.CLOUD' at 'shortName'/, { ShortName: '.CLOUD' }],
    ['a comma in the text', 'ValidationException', /at 'description'/, { Description: 'Orders, invoices' }],
    ['a long text', 'ValidationException', /at 'description'/, { Description: 'x'.repeat(129) }],
    [
      'a short password',
      'ValidationException',
      /^1 validation error detected: Value at 'password'/,
      { Password: 'aA1-xyz' },
    ],
    ['a long password', 'ValidationException', /at 'password'/, { Password: `aA1-${'x'.repeat(61)}` }],
    ['a weak password', 'ValidationException', /at 'password'/, { Password: 'only-lower-case' }],
    [
      'two faults',
      'ValidationException',
      /^2 validation errors detected: .*; /,
      { Name: 'cloud', Password: 'x' },
    ],
    ['no password', 'ValidationException', /parameter Password/, { Password: undefined }],
  ])('is refused with %s', async (_what, name, message, difference) => {
    const { ds, world } = companyAccount();
    world.network.addVpc('vpc-2', '10.9.0.0/16');

    await expect(create(ds, difference)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(world.directories.all).toHaveLength(1);
  });

  it.each(['aaaaAAA1', 'aaaaaaa-1', 'AAAAAAA-1', 'aaaaAAA-', 'é3cretOf1'])(
    'takes the password %s, of three kinds of characters',
    async (Password) => {
      await expect(create(companyAccount().ds, { Password })).resolves.toMatch(/^d-[0-9a-f]{10}$/);
    },
  );

  it('is refused where there are 20', async () => {
    const account = companyAccount();
    const limits = async () => (await account.ds.send(new GetDirectoryLimitsCommand({}))).DirectoryLimits;
    const more = Array.from({ length: 18 }, (_none, index) => place(account, `d${index}.example.com`));

    expect(more).toHaveLength(18);
    expect(await limits()).toMatchObject({
      CloudOnlyMicrosoftADLimit: 20,
      CloudOnlyMicrosoftADCurrentCount: 19,
      CloudOnlyMicrosoftADLimitReached: false,
    });
    await create(account.ds);
    expect(await limits()).toMatchObject({ CloudOnlyMicrosoftADLimitReached: true });
    await expect(create(account.ds)).rejects.toMatchObject({
      name: 'DirectoryLimitExceededException',
      message: 'Directory limit exceeded. A maximum of 20 directories may be created',
    });
  });
});

describe('DescribeDirectories', () => {
  it('hands out all page by page', async () => {
    const account = companyAccount();
    const { directoryId: second } = place(account, 'second.example.com');
    const { directoryId: third } = place(account, 'third.example.com');
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
    await expect(shown(companyAccount().ds, ...ids)).rejects.toMatchObject({ name });
  });
});

describe('DeleteDirectory', () => {
  it('takes some minutes, and everything that belongs to the directory with it', async () => {
    const { ds, world, directory, minutes } = companyAccount();
    const { DirectoryId } = await ds.send(new DeleteDirectoryCommand({ DirectoryId: directoryId }));
    await ds.send(new DeleteDirectoryCommand({ DirectoryId: directoryId }));

    expect(DirectoryId).toBe(directoryId);
    expect(await shown(ds, directoryId)).toMatchObject({ Stage: 'Deleting', DirectoryId: directoryId });
    await minutes(11);
    await expect(shown(ds, directoryId)).rejects.toMatchObject({
      name: 'EntityDoesNotExistException',
      message: `Directory ${directoryId} does not exist`,
    });
    expect(world.directories.all).toEqual([]);
    expect(world.network.securityGroups.has(directory.securityGroupId)).toBe(false);
    expect(world.network.interfaces.size).toBe(0);
  });

  it('calls a creation off', async () => {
    const { ds, world, minutes } = companyAccount();
    const id = await create(ds);

    await ds.send(new DeleteDirectoryCommand({ DirectoryId: id }));
    await minutes(50);

    expect(world.directories.all.map((one) => one.directoryId)).toEqual([directoryId]);
  });

  it('is refused while an instance is a member, until it is not any more', async () => {
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
    instance.membership = null;
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
