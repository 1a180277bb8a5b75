import { GetDirectoryLimitsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { subnetIds, vpcId } from '../../../support/company.ts';
import { companyAccount, start } from '../../../support/company-account.ts';
import { createDirectory, describedDirectory, placeAnother, wanted } from '../../../support/new-directory.ts';

const subnets = (...SubnetIds: string[]) => ({ VpcSettings: { VpcId: vpcId, SubnetIds } });

describe('a new directory', () => {
  it('is Requested, Creating and Active within 20 to 45 minutes, and knows its addresses then', async () => {
    const { ds, seconds, minutes } = companyAccount();
    const id = await createDirectory(ds);

    expect(await describedDirectory(ds, id)).toMatchObject({
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
    expect(await describedDirectory(ds, id)).toMatchObject({ Stage: 'Creating', Name: 'cloud.example.com' });
    await minutes(19);
    expect((await describedDirectory(ds, id))?.DnsIpAddrs).toBeUndefined();
    await minutes(26);
    const active = await describedDirectory(ds, id);
    expect(active).toMatchObject({ Stage: 'Active', DnsIpAddrs: ['10.0.0.5', '10.0.1.5'] });
    const minutesTaken = (Number(active?.StageLastUpdatedDateTime) - start) / 60_000;
    expect(minutesTaken).toBeGreaterThanOrEqual(20);
    expect(minutesTaken).toBeLessThanOrEqual(45);
  });

  it('has a group that lets in what the VPC asks, and nothing out but to itself', async () => {
    const { ds, world } = companyAccount();
    const id = await createDirectory(ds);

    const groupId = (await describedDirectory(ds, id))?.VpcSettings?.SecurityGroupId ?? '';
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
    const id = await createDirectory(ds, {
      ShortName: undefined,
      Edition: undefined,
      Description: undefined,
    });
    const bare = await createDirectory(ds, { Name: 'bare.example.com', Tags: undefined });
    const tagsOf = async (ResourceId: string) =>
      (await ds.send(new ListTagsForResourceCommand({ ResourceId }))).Tags;

    expect(await describedDirectory(ds, id)).toMatchObject({ ShortName: 'CLOUD', Edition: 'Enterprise' });
    expect(await tagsOf(id)).toEqual(wanted.Tags);
    expect(await tagsOf(bare)).toEqual([]);
  });

  it('is not the same one where it is asked for twice', async () => {
    const { ds, world } = companyAccount();

    expect(await createDirectory(ds)).not.toBe(await createDirectory(ds));
    expect(world.directories.all).toHaveLength(3);
  });

  it('fails in its first minutes where the world says so, and the next one does not', async () => {
    const { ds, world, minutes } = companyAccount();
    world.directories.failures = 1;
    const [failing, next] = [
      await createDirectory(ds),
      await createDirectory(ds, { Name: 'next.example.com' }),
    ];

    await minutes(5);
    expect(await describedDirectory(ds, failing)).toMatchObject({
      Stage: 'Failed',
      StageReason: /internal service error/,
    });
    await minutes(40);
    expect((await describedDirectory(ds, failing))?.Stage).toBe('Failed');
    expect((await describedDirectory(ds, next))?.Stage).toBe('Active');
  });

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

    await expect(createDirectory(ds, difference)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(world.directories.all).toHaveLength(1);
  });

  it.each(['aaaaAAA1', 'aaaaaaa-1', 'AAAAAAA-1', 'aaaaAAA-', 'é3cretOf1'])(
    'takes the password %s, of three kinds of characters',
    async (Password) => {
      await expect(createDirectory(companyAccount().ds, { Password })).resolves.toMatch(/^d-[0-9a-f]{10}$/);
    },
  );

  it('is refused where there are 20', async () => {
    const account = companyAccount();
    const limits = async () => (await account.ds.send(new GetDirectoryLimitsCommand({}))).DirectoryLimits;
    const more = Array.from({ length: 18 }, (_none, index) => placeAnother(account, `d${index}.example.com`));

    expect(more).toHaveLength(18);
    expect(await limits()).toMatchObject({
      CloudOnlyMicrosoftADLimit: 20,
      CloudOnlyMicrosoftADCurrentCount: 19,
      CloudOnlyMicrosoftADLimitReached: false,
    });
    await createDirectory(account.ds);
    expect(await limits()).toMatchObject({ CloudOnlyMicrosoftADLimitReached: true });
    await expect(createDirectory(account.ds)).rejects.toMatchObject({
      name: 'DirectoryLimitExceededException',
      message: 'Directory limit exceeded. A maximum of 20 directories may be created',
    });
  });
});
