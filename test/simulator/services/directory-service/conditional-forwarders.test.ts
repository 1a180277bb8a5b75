import {
  CreateConditionalForwarderCommand,
  DeleteConditionalForwarderCommand,
  DeleteDirectoryCommand,
  DescribeConditionalForwardersCommand,
  UpdateConditionalForwarderCommand,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { directoryId, domainName } from '../../../support/company.ts';
import { companyAccount } from '../../../support/company-account.ts';

const key = (RemoteDomainName: string) => ({ DirectoryId: directoryId, RemoteDomainName });

const prepare = () => {
  const account = companyAccount();
  const { ds } = account;
  return {
    ...account,
    create: (addresses: string[], name = domainName) =>
      ds.send(new CreateConditionalForwarderCommand({ ...key(name), DnsIpAddrs: addresses })),
    update: (addresses: string[], name = domainName) =>
      ds.send(new UpdateConditionalForwarderCommand({ ...key(name), DnsIpAddrs: addresses })),
    remove: (name = domainName) => ds.send(new DeleteConditionalForwarderCommand(key(name))),
    show: async (RemoteDomainNames?: string[]) =>
      (
        await ds.send(
          new DescribeConditionalForwardersCommand({
            DirectoryId: directoryId,
            ...(RemoteDomainNames === undefined ? {} : { RemoteDomainNames }),
          }),
        )
      ).ConditionalForwarders,
  };
};

const missing = { name: 'EntityDoesNotExistException' };

describe('a conditional forwarder', () => {
  it('is made, shown, changed and deleted', async () => {
    const { create, update, remove, show } = prepare();
    await create(['10.20.0.10']);
    await create(['10.30.0.10'], 'other.example.com');

    const forwarder = { RemoteDomainName: domainName, ReplicationScope: 'Domain' };
    expect(await show([domainName])).toEqual([{ ...forwarder, DnsIpAddrs: ['10.20.0.10'] }]);
    expect(await show()).toHaveLength(2);
    await update(['10.20.0.10', '10.20.0.11']);
    expect(await show([domainName])).toEqual([{ ...forwarder, DnsIpAddrs: ['10.20.0.10', '10.20.0.11'] }]);
    await remove();
    expect(await show()).toMatchObject([{ RemoteDomainName: 'other.example.com' }]);
  });

  it('is one for every way of writing the name, and is asked for without the trailing dot', async () => {
    const { create, remove, show } = prepare();
    await create(['10.20.0.10'], 'CORP.example.com.');

    expect(await show([domainName])).toHaveLength(1);
    await expect(create(['10.20.0.10'])).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    await expect(show([`${domainName}.`])).rejects.toMatchObject(missing);
    await remove('Corp.Example.com.');
    expect(await show()).toEqual([]);
  });

  it('is missed where it is named and not there', async () => {
    const { create, update, remove, show } = prepare();
    await create(['10.20.0.10'], 'other.example.com');

    for (const call of [() => show([domainName]), () => update(['10.20.0.10']), () => remove()])
      await expect(call()).rejects.toMatchObject(missing);
  });

  it.each([
    ['an address that is none', domainName, '10.20.0.256'],
    ['a name of one label', 'corp', '10.20.0.10'],
    ['a name with an underscore', 'corp_.example.com', '10.20.0.10'],
  ])('is refused for %s', async (_what, name, address) => {
    const { create, update, show } = prepare();

    for (const call of [() => create([address], name), () => update([address], name)])
      await expect(call()).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await show()).toEqual([]);
  });

  it('waits until the directory is Active', async () => {
    const { ds, create, update, remove, show } = prepare();
    await ds.send(new DeleteDirectoryCommand({ DirectoryId: directoryId }));

    for (const call of [
      () => create(['10.20.0.10']),
      () => update(['10.20.0.10']),
      () => remove(),
      () => show(),
    ])
      await expect(call()).rejects.toMatchObject({ name: 'DirectoryUnavailableException' });
  });

  it('is asked at its old addresses for some minutes after a change', async () => {
    const { create, update, world, directory, minutes } = prepare();
    const reason = () => world.causes.whyNotContacted(directory, domainName);
    await create(['10.20.0.99']);
    await update(['10.20.0.10']);

    expect(reason()).toBe('10.20.0.99 are no DNS servers of corp.example.com');
    await minutes(5);
    expect(reason()).toBeNull();
  });
});
