import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { directoryAccount, name, named, place } from '../../support/directory-account.ts';
import { mishaps } from '../../support/mishaps.ts';
import { refusal } from '../../support/refusal.ts';

describe('ensure-directory, among directories of one name,', () => {
  it('finds the directory by its name where AWS does not tell the id', async () => {
    const account = await directoryAccount();
    account.disturb(async (call, answer) => {
      const answered = await answer();
      return call.operation === 'CreateMicrosoftAD' ? {} : answered;
    });

    await account.settle(ensureDirectory, account.input, 600);

    expect(named(account)).toHaveLength(1);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: named(account)[0]?.directoryId });
  });

  it('does not take over a directory of that name that it did not make', async () => {
    const account = await directoryAccount();
    const foreign = place(account);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal(
        'Conflict',
        new RegExp(`exists, ${foreign.directoryId}, .* write "directoryId": "${foreign.directoryId}"`),
      ),
    );

    expect(named(account)).toEqual([foreign]);
    expect(await account.entries()).toEqual({});
  });

  it('does not wait for one that somebody else has AWS make', async () => {
    const account = await directoryAccount();
    const foreign = place(account);
    foreign.stage = 'Creating';

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('Conflict', new RegExp(`exists, ${foreign.directoryId}`)),
    );
  });

  it('does not take over a directory that somebody made after its own was deleted', async () => {
    const account = await directoryAccount();
    const { directories } = account.world;
    await account.settle(ensureDirectory, account.input, 600);
    for (const mine of named(account)) directories.delete(mine);
    await account.seconds(20 * 60);
    const foreign = place(account);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('Conflict', new RegExp(foreign.directoryId)),
    );
  });

  it('knows its own among several of that name', async () => {
    const account = await directoryAccount();
    await account.settle(ensureDirectory, account.input, 600);
    const [mine] = named(account);
    account.world.directories.all.unshift(place(account, { edition: 'Enterprise' }));

    await expect(account.run(ensureDirectory, account.input)).resolves.toMatchObject({
      directoryId: mine?.directoryId,
    });
  });

  it.each([
    ['does not carry the tag', {}, 0],
    ['was launched much later', { tags: new Map([['forestbridge:created-for', 'orders']]) }, 600],
  ])('leaves a directory of the same name alone that %s', async (_which, difference, seconds) => {
    const account = await directoryAccount();
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(seconds);
    const other = place(account, difference);

    await account.settle(ensureDirectory, account.input, 300);

    expect(other.stage).toBe('Active');
    expect(await account.entries()).not.toMatchObject({ [`directory#${name}`]: other.directoryId });
  });

  it.each([
    ['another', 'forestbridge:created-for', 'books', 0, false],
    ['an older', 'forestbridge:created-for', 'orders', 601, false],
    ['its own', 'forestbridge:created-for', 'orders', 599, true],
    ["an earlier version's own", 'forestbridge:request', 'orders', 0, true],
    ['its own, entered anew', 'forestbridge:request', 'orders', 3600, true],
  ])('knows whether %s directory came of an asking whose answer was lost', async (...one) => {
    const [, key, requestId, seconds, isOwn] = one;
    const account = await directoryAccount();
    account.disturb((call, answer) => {
      if (call.operation !== 'CreateMicrosoftAD') return answer();
      const found = place(account, { tags: new Map([[key, requestId]]) });
      Object.assign(found, { launchedAt: found.launchedAt - seconds * 1000 });
      return mishaps.callLost(call, answer);
    });
    await account.run(ensureDirectory, account.input).catch(() => {});
    account.disturb();
    const [found] = named(account);

    const going = account.run(ensureDirectory, account.input);

    await (isOwn
      ? expect(going).resolves.toMatchObject({ directoryId: found?.directoryId })
      : expect(going).rejects.toMatchObject({ name: 'Conflict' }));
  });

  it('takes none for its own that is gone, though it is listed, where the answer to its asking was lost', async () => {
    const account = await directoryAccount();
    account.disturb((call, answer) =>
      call.operation === 'CreateMicrosoftAD' ? mishaps.answerLost(call, answer) : answer(),
    );
    await account.run(ensureDirectory, account.input).catch(() => {});
    account.disturb();
    account.answering('ListTagsForResource', new ServiceError('EntityDoesNotExistException', 'It is gone.'));

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: 'Conflict' });

    expect(await account.entries()).toEqual({ [`directory#${name}`]: null });
  });

  it("takes no other's directory for its own where the answer to its asking was lost", async () => {
    const account = await directoryAccount();
    account.disturb((call, answer) => {
      if (call.operation !== 'CreateMicrosoftAD') return answer();
      place(account);
      return mishaps.answerLost(call, answer);
    });
    await account.run(ensureDirectory, account.input).catch(() => {});
    account.disturb();

    await account.settle(ensureDirectory, account.input, 300);

    const [, mine] = named(account);
    expect(await account.entries()).toEqual({ [`directory#${name}`]: mine?.directoryId });
    expect(mine?.tags.get('forestbridge:created-for')).toBe('orders');
  });
});
