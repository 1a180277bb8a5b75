import { describe, expect, it } from 'vitest';
import { confirmDirectory } from '../../../functions/directory/confirm-directory.ts';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { removeDirectory } from '../../../functions/directory/remove-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { directory, directoryAccount, name, named, place } from '../../support/directory-account.ts';
import { mishaps } from '../../support/mishaps.ts';
import { owner } from '../../support/trust-account.ts';

const input = { directory };
const ours = { tags: new Map([['forestbridge:request', 'orders']]) };
const theirs = { tags: new Map([['forestbridge:request', 'books']]) };
const unconfirmed = { tags: new Map([['forestbridge:created-for', 'orders']]) };

/** The request's directory has failed in its first minutes, and is entered as one that comes anew. */
const withFailed = async () => {
  const account = await directoryAccount();
  account.world.directories.failures = 1;
  await account.run(ensureDirectory, account.input).catch(() => {});
  await account.seconds(5 * 60);
  await account.run(ensureDirectory, account.input).catch(() => {});
  await account.settle(confirmDirectory, { directory, used: null });
  const [failed] = named(account);
  if (failed === undefined) throw new RangeError('There is no directory.');
  account.disturb();
  return { ...account, failed };
};

/** The request's directory was made, and its id is in the ledger. */
const withOne = async () => {
  const account = await directoryAccount();
  await account.run(ensureDirectory, account.input).catch(() => {});
  const [mine] = named(account);
  if (mine === undefined) throw new RangeError('There is no directory.');
  await account.seconds(60);
  account.disturb();
  return { ...account, mine };
};

describe('remove-directory', () => {
  it('deletes one that failed in its first minutes, and is done when it is gone', async () => {
    const account = await withFailed();
    const entries = await account.entries();
    const waiting = {
      name: 'NotReady',
      message: `Directories of no use are being deleted: ${account.failed.directoryId}.`,
    };
    account.disturb();

    await expect(account.run(removeDirectory, input)).rejects.toMatchObject(waiting);
    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'ds:DescribeDirectories',
      'ds:ListTagsForResource',
      'ds:DeleteDirectory',
    ]);
    account.disturb();
    await expect(account.run(removeDirectory, input)).rejects.toMatchObject(waiting);
    expect(account.calls).not.toContain('ds:DeleteDirectory');
    await account.seconds(15 * 60);

    await expect(account.run(removeDirectory, input)).resolves.toEqual({ anew: true });
    expect(named(account)).toEqual([]);
    expect(await account.entries()).toEqual(entries);
  });

  it('waits while one that is gone is listed as if it were there', async () => {
    const account = await withFailed();
    account.answering('ListTagsForResource', new ServiceError('EntityDoesNotExistException', 'It is gone.'));

    await expect(account.run(removeDirectory, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `Directories of no use are being deleted: ${account.failed.directoryId}.`,
    });

    expect(account.calls).not.toContain('ds:DeleteDirectory');
  });

  it.each([
    ['before it is made', 'ClientException', 'Creating', ''],
    [
      'before policies see its tag',
      'AccessDeniedException',
      'Active',
      " If this goes on, allow it in this function's role.",
    ],
  ] as const)('waits with a twin that AWS does not delete %s', async (_when, code, stage, advice) => {
    const account = await withOne();
    const twin = place(account, ours);
    twin.stage = stage;
    account.answering('DeleteDirectory', new ServiceError(code, 'Not now.'));

    await expect(account.run(removeDirectory, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The directory ${twin.directoryId} cannot be deleted yet. AWS: Not now.${advice}`,
    });
  });

  it('deletes every twin of what the ledger names, and waits for none to be gone', async () => {
    const account = await withOne();
    const twins = [place(account, ours), place(account, ours)];

    await expect(account.run(removeDirectory, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(`deleted: ${twins[0]?.directoryId}, ${twins[1]?.directoryId}.`),
    });
    await expect(account.run(removeDirectory, input)).resolves.toEqual({ anew: false });

    expect(twins.map(({ stage }) => stage)).toEqual(['Deleting', 'Deleting']);
    expect(account.mine.stage).toBe('Creating');
  });

  it.each([
    ['has no tag', {}, 0],
    ['has the tag of another request', theirs, 0],
    ['is not confirmed', unconfirmed, 0],
    ['was launched much later', ours, 6 * 60],
    ['has another name', { ...ours, name: 'another.example.com' }, 0],
  ])('leaves alone what %s', async (_which, difference, seconds) => {
    const account = await withOne();
    await account.seconds(seconds);
    const other = place(account, difference);

    await expect(account.run(removeDirectory, input)).resolves.toEqual({ anew: false });

    expect(account.calls).not.toContain('ds:DeleteDirectory');
    expect([account.mine.stage, other.stage]).toEqual(['Creating', 'Active']);
  });

  it.each([
    ['is not Failed', { stage: 'Impaired' }],
    ['failed late', { launchedAt: 0 }],
    ['has no tag', { tags: new Map() }],
    ['has the tag of another request', theirs],
    ['is not confirmed', unconfirmed],
  ])('leaves alone what is to come anew and %s', async (_which, difference) => {
    const account = await withFailed();
    Object.assign(account.failed, difference);

    await expect(account.run(removeDirectory, input)).resolves.toEqual({ anew: false });

    expect(account.calls).not.toContain('ds:DeleteDirectory');
  });

  it('leaves alone a second one that failed too', async () => {
    const account = await withFailed();
    account.world.directories.all.splice(account.world.directories.all.indexOf(account.failed), 1);
    account.world.directories.failures = 1;
    await account.run(ensureDirectory, account.input).catch(() => {});
    await account.seconds(5 * 60);

    await expect(account.run(removeDirectory, input)).resolves.toEqual({ anew: false });

    expect(named(account).map(({ stage }) => stage)).toEqual(['Failed']);
  });

  it('leaves everything alone where the ledger names nothing, whatever the tag says', async () => {
    const account = await directoryAccount();
    const tagged = place(account, ours);
    account.disturb();

    await expect(account.run(removeDirectory, input)).resolves.toEqual({ anew: false });

    expect(account.calls).toEqual(['dynamodb:GetItem', 'dynamodb:GetItem', 'dynamodb:GetItem']);
    expect(tagged.stage).toBe('Active');
  });

  it.each([
    ['has no id yet', null],
    ['is gone', 'd-0000000000'],
  ])('knows no twin of what %s', async (_which, id) => {
    const account = await directoryAccount();
    await account.ledger.making('directory', name);
    if (id !== null) await account.ledger.made('directory', name, id);
    const tagged = [place(account, ours), place(account, ours)];

    await expect(account.run(removeDirectory, input)).resolves.toEqual({ anew: false });

    expect(tagged.map(({ stage }) => stage)).toEqual(['Active', 'Active']);
  });

  it('goes on where what it deletes is gone already', async () => {
    const account = await withFailed();
    account.disturb(async (call, answer) => {
      if (call.operation !== 'DeleteDirectory') return answer();
      await mishaps.answerLost(call, answer).catch(() => {});
      throw new ServiceError('EntityDoesNotExistException', 'It is gone.');
    });

    await expect(account.settle(removeDirectory, input, 600)).resolves.toEqual({ anew: true });

    expect(named(account)).toEqual([]);
  });

  it('says why AWS refuses to delete it', async () => {
    const account = await withFailed();
    account.answering('DeleteDirectory', new ServiceError('ClientException', 'Not that.'));

    await expect(account.run(removeDirectory, input)).rejects.toMatchObject({
      name: 'DirectoryFailed',
      message: 'ClientException: Not that.',
    });
  });

  it('deletes nothing for an execution that lost the request to another one', async () => {
    const account = await withFailed();
    const another = { ...owner, execution: `${owner.execution}-again` };
    await account.claimOf(another).take(owner.execution, new Date(account.clock.now()));

    await expect(account.run(removeDirectory, input)).rejects.toMatchObject({ name: 'Conflict' });

    expect(account.failed.stage).toBe('Failed');
  });
});
