import { beforeEach, describe, expect, it } from 'vitest';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';

const directoryId = 'd-0123456789';
const adopting = changed(example('no-database'), ['directory'], { directoryId });

describe('a directory to be adopted', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(adopting);
  });

  it('may have any name but the company’s own', async () => {
    await expect(account.run()).resolves.toMatchObject({
      existingDirectoryId: directoryId,
      existingDirectoryActive: true,
      findings: [],
    });
  });

  it('is asked for its trusts only where it is Active', async () => {
    await account.run();
    expect(account.calls).toContain('ds:DescribeTrusts');

    for (const directory of account.world.directories.all) directory.stage = 'Creating';
    account.calls.length = 0;
    await account.findings();
    expect(account.calls).not.toContain('ds:DescribeTrusts');
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

  it('lets in only its own VPC while AWS has yet to make its security group', async () => {
    account = await preflightAccount(changed(example('adopted-directory'), ['directory'], { directoryId }));
    account.altering('DescribeDirectories', {
      'DirectoryDescriptions[0].VpcSettings.VpcId': 'vpc-0000000000000000f',
      'DirectoryDescriptions[0].VpcSettings.SecurityGroupId': undefined,
    });

    expect((await account.findings()).map(({ code }) => code)).toEqual(['database-elsewhere']);
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
