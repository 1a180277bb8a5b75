import { beforeEach, describe, expect, it } from 'vitest';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { example } from '../requests.ts';

const name = 'aws.example.com';
const request = example('no-database');

const ours = new Map([['forestbridge:created-for', 'directory-only']]);

/** A directory in the VPC of the request. */
const place = ({ world }: PreflightAccount, of: string, tags = new Map<string, string>()) => {
  const [vpcId = ''] = world.network.vpcs.keys();
  const subnetIds = [...world.network.subnets.keys()].slice(0, 2);
  return world.directories.place({
    name: of,
    shortName: 'OTHER',
    edition: 'Standard',
    description: null,
    vpcId,
    subnetIds,
    tags,
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

    await expect(account.run()).resolves.toMatchObject({
      existingDirectoryId: null,
      existingDirectoryActive: false,
      findings: [],
    });
  });

  it('is found again where this request made it, where it stands by now', async () => {
    await account.ledger.making('directory', name);
    const made = place(account, name, ours);
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
    place(account, name, ours);
    account.altering('DescribeDirectories', { 'DirectoryDescriptions[0].VpcSettings': undefined });

    await expect(account.run()).resolves.toMatchObject({
      directorySubnetIds: account.request.directory.subnetIds,
    });
  });

  it('is somebody else’s where the ledger only began one and the tag is missing', async () => {
    await account.ledger.making('directory', name);
    place(account, name);

    await expect(account.run()).rejects.toMatchObject({ name: 'Conflict' });
  });
});
