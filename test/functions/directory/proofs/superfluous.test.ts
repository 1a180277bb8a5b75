import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../../functions/directory/ensure-directory.ts';
import { directoryAccount, name, named, provided } from '../../../support/directory-account.ts';
import { at, mishaps, positionsOf } from '../../../support/mishaps.ts';
import { refusal } from '../../../support/refusal.ts';

describe('ensure-directory and remove-directory, called in turn,', () => {
  it('make a directory once more that fails in its first minutes', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    const [failed] = named(account);

    const { made, removals } = await provided(account, 600);

    const [second, ...others] = named(account);
    expect(others).toEqual([]);
    expect(second?.directoryId).not.toBe(failed?.directoryId);
    expect(made).toMatchObject({ directoryId: second?.directoryId });
    expect(removals).toBe(1);
    expect(await account.entries()).toEqual({
      [`directory#${name}`]: failed?.directoryId,
      [`directory#${name}/second`]: second?.directoryId,
    });
  });

  it('end with the reason of AWS where the second one fails too, and leave that one', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 9;

    await expect(provided(account, 600)).rejects.toMatchObject(
      refusal(
        'DirectoryFailed',
        /is Failed\. AWS: An internal service error has been encountered during the operation\. Where it is Failed/,
      ),
    );

    expect(named(account).map(({ stage }) => stage)).toEqual(['Failed']);
    expect(account.world.directories.failures).toBe(7);
  });

  it('come to an end where a failed one has lost its tag: it is left alone', async () => {
    const account = await directoryAccount();
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(5 * 60);
    const [failed] = named(account);
    failed?.tags.clear();

    await expect(provided(account, 600)).rejects.toMatchObject(
      refusal('Conflict', new RegExp(`${failed?.directoryId}, and this request did not make it`)),
    );

    expect(named(account)).toEqual([failed]);
  });

  it.each([
    ['the first', 0],
    ['the second', 1],
  ])('is made anew by a redrive after %s one was deleted by hand', async (_which, failures) => {
    const account = await directoryAccount();
    account.world.directories.failures = failures;
    await provided(account, 600);
    const [mine] = named(account);
    if (mine === undefined) throw new RangeError('There is no directory.');
    account.world.directories.delete(mine);

    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject(
      refusal('NotReady', /is being deleted/),
    );
    await account.seconds(20 * 60);
    // The answer about the new one gets lost: it must be known for ours all the same.
    account.disturb((call, answer) =>
      call.operation === 'CreateMicrosoftAD' ? mishaps.answerLost(call, answer) : answer(),
    );
    await expect(account.run(ensureDirectory, account.input)).rejects.toMatchObject({ name: 'Throttled' });
    expect(Object.values(await account.entries())).not.toContain(mine.directoryId);
    const { made } = await provided(account, 600);

    const [anew] = named(account);
    expect(anew?.directoryId).not.toBe(mine.directoryId);
    expect(made).toMatchObject({ directoryId: anew?.directoryId });
    expect(Object.values(await account.entries()).at(-1)).toBe(anew?.directoryId);
  });

  it.each(Object.entries(mishaps))(
    'makes one directory at %s, wherever it happens',
    async (_mishapName, mishap) => {
      const whole = await directoryAccount();
      await provided(whole, 1800);

      for (const position of positionsOf(whole.calls, mishap)) {
        const account = await directoryAccount();
        account.disturb(at(position, mishap));
        await provided(account, 1800);
        const [mine, ...others] = named(account);
        expect(others).toEqual([]);
        expect(await account.entries()).toEqual({ [`directory#${name}`]: mine?.directoryId });
      }
    },
  );

  it.each(Object.entries(mishaps))(
    'makes it once more and no oftener at %s, wherever it happens',
    async (mishapName, mishap) => {
      const whole = await directoryAccount();
      whole.world.directories.failures = 1;
      await provided(whole, 900);

      for (const position of positionsOf(whole.calls, mishap)) {
        // The second of the two that are made then does not fail.
        const isFirstAsking = whole.calls.indexOf('ds:CreateMicrosoftAD') === position;
        if (mishapName === 'carriedOutTwice' && isFirstAsking) continue;
        const account = await directoryAccount();
        account.world.directories.failures = 1;
        account.disturb(at(position, mishap));
        await provided(account, 900);
        const [mine, ...others] = named(account);
        expect(others).toEqual([]);
        expect(await account.entries()).toMatchObject({ [`directory#${name}/second`]: mine?.directoryId });
      }
    },
  );
});
