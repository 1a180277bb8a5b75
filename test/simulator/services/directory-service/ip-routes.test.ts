import {
  AddIpRoutesCommand,
  type AddIpRoutesCommandInput,
  DeleteDirectoryCommand,
  type DirectoryServiceClient,
  ListIpRoutesCommand,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { directoryId } from '../../../support/company.ts';
import { companyAccount, start } from '../../../support/company-account.ts';

const add = (ds: DirectoryServiceClient, ...IpRoutes: NonNullable<AddIpRoutesCommandInput['IpRoutes']>) =>
  ds.send(new AddIpRoutesCommand({ DirectoryId: directoryId, IpRoutes }));
const list = async (ds: DirectoryServiceClient, more: object = {}) =>
  ds.send(new ListIpRoutesCommand({ DirectoryId: directoryId, ...more }));

const numbered = (count: number, network = '198.51') =>
  Array.from({ length: count }, (_none, index) => ({ CidrIp: `${network}.${index}.0/24` }));

describe('AddIpRoutes', () => {
  it('is Adding for a while and then Added', async () => {
    const { ds, seconds } = companyAccount();
    await add(ds, { CidrIp: '198.51.100.0/24', Description: 'forestbridge orders' });

    const route = {
      DirectoryId: directoryId,
      CidrIp: '198.51.100.0/24',
      Description: 'forestbridge orders',
      AddedDateTime: new Date(start),
    };
    await expect(list(ds)).resolves.toMatchObject({
      IpRoutesInfo: [{ ...route, IpRouteStatusMsg: 'Adding' }],
    });
    await seconds(60);
    await expect(list(ds)).resolves.toMatchObject({
      IpRoutesInfo: [{ ...route, IpRouteStatusMsg: 'Added' }],
    });
  });

  it('adds all of them or none', async () => {
    const { ds } = companyAccount();
    await add(ds, { CidrIp: '198.51.100.0/24' });

    await expect(add(ds, { CidrIp: '203.0.113.0/24' }, { CidrIp: '198.51.100.0/24' })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
    expect((await list(ds)).IpRoutesInfo).toHaveLength(1);
  });

  it('holds 100 of them, handed out page by page', async () => {
    const { ds } = companyAccount();
    await add(ds, ...numbered(100));

    await expect(add(ds, ...numbered(1, '203.0'))).rejects.toMatchObject({
      name: 'IpRouteLimitExceededException',
    });
    const first = await list(ds, { Limit: 60 });
    const second = await list(ds, { Limit: 60, NextToken: first.NextToken });
    expect([first.IpRoutesInfo?.length, second.IpRoutesInfo?.length, second.NextToken]).toEqual([
      60,
      40,
      undefined,
    ]);
  });

  it('leaves the security group alone, unless it is asked to open that to everybody', async () => {
    const { ds, world, directory } = companyAccount();
    const rules = () => world.network.securityGroups.get(directory.securityGroupId)?.rules ?? [];
    const before = rules();

    await add(ds, { CidrIp: '198.51.100.0/24' });
    expect(rules()).toEqual(before);
    await ds.send(
      new AddIpRoutesCommand({
        DirectoryId: directoryId,
        IpRoutes: [{ CidrIp: '203.0.113.0/24' }],
        UpdateSecurityGroupForDirectoryControllers: true,
      }),
    );
    const opened = rules().slice(before.length);
    expect(opened).toContainEqual(
      expect.objectContaining({ egress: true, protocol: '-1', peer: '0.0.0.0/0' }),
    );
    expect(opened).toContainEqual(
      expect.objectContaining({ egress: false, protocol: 'tcp', fromPort: 445, peer: '0.0.0.0/0' }),
    );
  });

  it.each([
    ['everything', { CidrIp: '0.0.0.0/0' }],
    ['no length', { CidrIp: '198.51.100.0' }],
    ['no address', { CidrIp: '198.51.256.0/24' }],
    ['a comma in the description', { CidrIp: '198.51.100.0/24', Description: 'one, two' }],
  ])('is refused for %s', async (_what, route) => {
    const { ds } = companyAccount();

    await expect(add(ds, route)).rejects.toMatchObject({ name: 'ValidationException' });
    expect((await list(ds)).IpRoutesInfo).toEqual([]);
  });

  it('is refused for a directory that is not Active, or not there', async () => {
    const { ds, minutes } = companyAccount();
    await ds.send(new DeleteDirectoryCommand({ DirectoryId: directoryId }));

    await expect(add(ds, { CidrIp: '198.51.100.0/24' })).rejects.toMatchObject({
      name: 'DirectoryUnavailableException',
    });
    await expect(list(ds)).resolves.toMatchObject({ IpRoutesInfo: [] });
    await minutes(11);
    for (const call of [() => list(ds), () => add(ds, { CidrIp: '198.51.100.0/24' })])
      await expect(call()).rejects.toMatchObject({ name: 'EntityDoesNotExistException' });
  });
});
