import {
  DescribeConditionalForwardersCommand,
  DescribeTrustsCommand,
  UpdateTrustCommand,
} from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { directoryId } from '../../../support/company.ts';
import { states, trustingAccount } from '../../../support/trusting-account.ts';

describe('DeleteTrust', () => {
  it.each([true, false])(
    'takes the trust away within a minute, the forwarder with it: %s',
    async (withForwarder) => {
      const account = trustingAccount();
      const { ds, create, remove, show } = account;
      const id = await create();
      await account.minutes(3);

      await remove(id, { DeleteAssociatedConditionalForwarder: withForwarder });
      await remove(id);

      expect(await states(account, 70)).toEqual(['Deleting', 'gone']);
      for (const call of [() => show(id), () => remove(id)])
        await expect(call()).rejects.toMatchObject({ name: 'EntityDoesNotExistException' });
      const { ConditionalForwarders } = await ds.send(
        new DescribeConditionalForwardersCommand({ DirectoryId: directoryId }),
      );
      expect(ConditionalForwarders).toHaveLength(withForwarder ? 0 : 1);
    },
  );

  it.each(['Creating', 'Created', 'Updating'] as const)('calls off what goes on: %s', async (state) => {
    const account = trustingAccount();
    const id = await account.create();
    if (state === 'Created') while ((await account.show(id))?.TrustState !== state) await account.seconds(1);
    if (state === 'Updating') {
      await account.minutes(3);
      await account.ds.send(new UpdateTrustCommand({ TrustId: id, SelectiveAuth: 'Enabled' }));
    }

    await account.remove(id);

    expect(await states(account)).toEqual(['Deleting', 'gone']);
  });

  it('calls a verification off', async () => {
    const account = trustingAccount();
    const id = await account.create();
    await account.minutes(3);
    await account.verify(id);
    await account.remove(id);

    expect(await states(account)).toEqual(['Deleting', 'gone']);
  });
});

describe('DeleteTrust, asked for twice', () => {
  it('takes one trust away', async () => {
    const { create, remove, minutes, directory } = trustingAccount();
    const id = await create();
    const other = await create({ RemoteDomainName: 'other.example.com' });

    await remove(id);
    await remove(id);
    await minutes(2);

    expect(directory.trusts.map(({ trustId }) => trustId)).toEqual([other]);
  });
});

describe('DescribeTrusts', () => {
  it('shows those of one directory or of all, page by page', async () => {
    const { ds, create, world } = trustingAccount();
    const id = await create();
    const trusts = async (input: object) => {
      const page = await ds.send(new DescribeTrustsCommand(input));
      return { ids: page.Trusts?.map(({ TrustId }) => TrustId), NextToken: page.NextToken };
    };
    const [first] = world.directories.all;
    const second = await create({ RemoteDomainName: 'other.example.com' });

    const all = await trusts({ Limit: 1 });
    expect(all).toEqual({ ids: [id], NextToken: expect.any(String) });
    expect(await trusts({ Limit: 1, NextToken: all.NextToken })).toEqual({
      ids: [second],
      NextToken: undefined,
    });
    expect((await trusts({ DirectoryId: first?.directoryId })).ids).toEqual([id, second]);
    expect((await trusts({ TrustIds: [second] })).ids).toEqual([second]);
  });

  it.each([
    ['EntityDoesNotExistException', { DirectoryId: 'd-0000000000' }],
    ['EntityDoesNotExistException', { TrustIds: ['t-0000000000'] }],
    ['InvalidParameterException', { TrustIds: [] }],
    ['InvalidNextTokenException', { NextToken: 'x' }],
  ])('answers %s for %j', async (name, input) => {
    await expect(trustingAccount().ds.send(new DescribeTrustsCommand(input))).rejects.toMatchObject({ name });
  });
});
