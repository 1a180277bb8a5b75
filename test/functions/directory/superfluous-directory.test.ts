import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { directoryAccount, name, named, place } from '../../support/directory-account.ts';
import { mishaps } from '../../support/mishaps.ts';
import { refusal } from '../../support/refusal.ts';

describe('ensure-directory, where one failed or was made twice,', () => {
  it('asks for the removal of one that failed in its first minutes, and writes down before that it comes anew', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [failed] = named(account);
    await account.seconds(5 * 60);

    for (let calls = 0; calls < 2; calls += 1)
      await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
        refusal(
          'RemovalDue',
          new RegExp(`^The directory ${failed?.directoryId} failed in its first minutes`),
        ),
      );

    expect(named(account)).toEqual([failed]);
    expect(await account.entries()).toEqual({
      [`directory#${name}`]: failed?.directoryId,
      [`directory#${name}/second`]: null,
    });
    expect(await account.ledger.find('directory', `${name}/second`)).toMatchObject({
      before: failed?.directoryId,
    });
  });

  it.each([
    ['', []],
    [', once it is confirmed', ['forestbridge:created-for', 'forestbridge:request']],
    [', which an earlier version made', ['forestbridge:request']],
  ])('asks for the removal of a twin of what the ledger names, and makes no third one%s', async (_, keys) => {
    const account = await directoryAccount();
    account.disturb((call, answer) =>
      call.operation === 'CreateMicrosoftAD' ? mishaps.carriedOutTwice(call, answer) : answer(),
    );
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [twin, mine] = named(account);
    if (keys.length > 0) twin?.tags.clear();
    for (const key of keys) twin?.tags.set(key, 'orders');

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('RemovalDue', new RegExp(`${mine?.directoryId} was made twice; ${twin?.directoryId} is to be`)),
    );

    expect(named(account)).toEqual([twin, mine]);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: mine?.directoryId });
  });

  it('looks for no twin of one that is to be removed itself', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(4.5 * 60);
    await account.run(ensureDirectory, account.input).catch(() => {});
    place(account, { tags: new Map([['forestbridge:created-for', 'orders']]) });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('RemovalDue', /failed in its first minutes/),
    );
  });

  it('waits while what failed is being deleted', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(5 * 60);
    await account.run(ensureDirectory, account.input).catch(() => {});
    for (const failed of named(account)) account.world.directories.delete(failed);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /The directory d-\w+ of the same name is being deleted/),
    );
  });

  it('ends at once where it fails late', async () => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [made] = named(account);
    await account.seconds(15 * 60);
    Object.assign(Object(made), { stage: 'Failed', changedAt: account.clock.now() });

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('DirectoryFailed', /is Failed\. AWS: no reason given\. Where/),
    );

    expect(named(account)).toEqual([made]);
  });

  it.each([
    ['goes on where it is gone before its tags are read', 'EntityDoesNotExistException', 'NotReady'],
    ['ends where its tags may not be read', 'AccessDeniedException', 'Forbidden'],
  ])('beside another one of the name %s', async (_which, code, errorName) => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    place(account);
    account.answering('ListTagsForResource', new ServiceError(code, 'No.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: errorName });

    expect(account.calls.at(-1)).toBe('ds:ListTagsForResource');
  });
});
