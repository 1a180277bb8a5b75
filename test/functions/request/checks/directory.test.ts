import { beforeEach, describe, expect, it } from 'vitest';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';

const name = 'aws.example.com';
const directoryId = 'd-0123456789';
const request = example('no-database');
const adopting = changed(request, ['directory'], { directoryId });

/** A directory in the VPC of the request. */
const place = ({ world }: PreflightAccount, of: string) => {
  const [vpcId = ''] = world.network.vpcs.keys();
  const subnetIds = [...world.network.subnets.keys()].slice(0, 2);
  return world.directories.place({
    name: of,
    shortName: 'OTHER',
    edition: 'Standard',
    description: null,
    vpcId,
    subnetIds,
    tags: new Map(),
  });
};

describe('a directory to be made', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(request);
  });

  it('finds room for one more, and none where the quota is full', async () => {
    for (let count = 0; count < 19; count += 1) place(account, `other-${count}.example.com`);
    expect(await account.findings()).toEqual([]);

    place(account, 'last.example.com');
    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'directory-limit',
        message: expect.stringMatching(/no room for the directory aws\.example\.com: .* has 20 of 20 /),
      },
    ]);
  });

  it('takes no limit for reached that AWS does not show', async () => {
    account.altering('GetDirectoryLimits', { DirectoryLimits: undefined });

    expect(await account.findings()).toEqual([]);
  });

  it.each([name, 'AWS.Example.com'])('conflicts with somebody else’s %s', async (taken) => {
    const { directoryId: id } = place(account, taken);

    await expect(account.run()).rejects.toMatchObject({
      name: 'Conflict',
      message: `A directory named ${name} exists, ${id}, and this request did not make it. To use it, write "directoryId": "${id}" as the request's directory instead of a new one.`,
    });
  });

  it.each([
    ['of another name', 'other.example.com', 'Active'],
    ['that is being deleted', name, 'Deleting'],
  ] as const)('does not mind one %s', async (_what, taken, stage) => {
    place(account, taken).stage = stage;

    await expect(account.run()).resolves.toMatchObject({ existingDirectoryId: null, findings: [] });
  });

  it('is found again where this request made it, where it stands by now', async () => {
    await account.ledger.making('directory', name);
    const made = place(account, name);
    account.altering('DescribeDirectories', {
      'DirectoryDescriptions[0].VpcSettings.SubnetIds': ['subnet-0a1b2c3d4e5f60712'],
    });

    await expect(account.run()).resolves.toMatchObject({
      existingDirectoryId: made.directoryId,
      existingDirectoryActive: true,
      directorySubnetIds: ['subnet-0a1b2c3d4e5f60712'],
      findings: [],
    });
  });

  it('stands where the request says as long as AWS does not say it', async () => {
    await account.ledger.making('directory', name);
    place(account, name);
    account.altering('DescribeDirectories', { 'DirectoryDescriptions[0].VpcSettings': undefined });

    await expect(account.run()).resolves.toMatchObject({
      directoryVpcId: account.request.directory.vpcId,
      directorySubnetIds: account.request.directory.subnetIds,
    });
  });
});

describe('a directory to be adopted', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(adopting);
  });

  it('may have any name but the company’s own', async () => {
    await expect(account.run()).resolves.toMatchObject({ existingDirectoryId: directoryId, findings: [] });
  });

  it('must be there, and nothing is said of where it stands', async () => {
    account.world.directories.all.length = 0;

    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'directory-missing',
        message: expect.stringContaining('There is no directory d-0123456789 in this account and Region.'),
      },
    ]);
  });

  it.each([
    [{ Type: 'SharedMicrosoftAD' }, 'directory-type', 'd-0123456789 is of type SharedMicrosoftAD'],
    [{ Type: 'ADConnector', Edition: 'Hybrid' }, 'directory-type', 'a trust needs an AWS Managed'],
    [{ Edition: 'Hybrid' }, 'directory-hybrid', 'no trust is needed or possible'],
    [{ Stage: 'Creating' }, 'directory-not-active', 'd-0123456789 is Creating, not Active.'],
    [
      { Stage: 'Impaired', StageReason: 'A controller is down' },
      'directory-not-active',
      'is Impaired (A controller is down), not Active.',
    ],
    [
      { RegionsInfo: { PrimaryRegion: 'us-east-1' } },
      'directory-region',
      'is us-east-1, and trusts are made only there. Run this in us-east-1, or name a directory whose primary Region is eu-central-1.',
    ],
    [{ Name: 'Corp.Example.com' }, 'directory-name-taken', 'of the company'],
    [{ ShortName: 'corp' }, 'directory-short-name-taken', 'NetBIOS name of the company'],
  ])('is refused as %j', async (difference, code, words) => {
    account.altering(
      'DescribeDirectories',
      Object.fromEntries(
        Object.entries(difference).map(([key, value]) => [`DirectoryDescriptions[0].${key}`, value]),
      ),
    );

    expect(await account.findings()).toEqual([
      { level: 'error', code, message: expect.stringContaining(words) },
    ]);
  });

  it.each([
    ['Regions', { RegionsInfo: undefined }],
    ['a name', { Name: undefined, ShortName: undefined }],
  ])('is taken where AWS shows no %s', async (_what, difference) => {
    account.altering(
      'DescribeDirectories',
      Object.fromEntries(
        Object.keys(difference).map((key) => [`DirectoryDescriptions[0].${key}`, undefined]),
      ),
    );

    expect(await account.findings()).toEqual([]);
  });

  it('is refused for all its faults together', async () => {
    account.altering('DescribeDirectories', {
      'DirectoryDescriptions[0].Stage': 'Restoring',
      'DirectoryDescriptions[0].RegionsInfo.PrimaryRegion': 'us-east-1',
      'DirectoryDescriptions[0].ShortName': 'CORP',
    });

    expect((await account.findings()).map(({ code }) => code)).toEqual([
      'directory-not-active',
      'directory-region',
      'directory-short-name-taken',
    ]);
  });

  it('cannot be judged further where AWS does not say where it stands', async () => {
    account.altering('DescribeDirectories', {
      'DirectoryDescriptions[0].VpcSettings': undefined,
      'DirectoryDescriptions[0].DnsIpAddrs': undefined,
    });

    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'directory-place-unknown',
        message: expect.stringContaining('in which VPC and subnets the directory d-0123456789 stands'),
      },
    ]);
  });

  const longest = `${'a'.repeat(35)}.example.com`;

  it.each([
    ['of 47 characters takes a database', longest, 'adopted-directory', []],
    ['of 48 characters does not', `b${longest}`, 'adopted-directory', ['directory-name-long']],
    ['of 48 characters is fine without one', `b${longest}`, 'no-database', []],
  ] as const)('%s', async (_what, Name, exampleName, codes) => {
    account = await preflightAccount(changed(example(exampleName), ['directory'], { directoryId }));
    account.altering('DescribeDirectories', { 'DirectoryDescriptions[0].Name': Name });

    expect((await account.findings()).map(({ code }) => code)).toEqual(codes);
  });
});
