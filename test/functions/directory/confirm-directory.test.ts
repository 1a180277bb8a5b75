import { describe, expect, it } from 'vitest';
import { confirmDirectory } from '../../../functions/directory/confirm-directory.ts';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { directory, directoryAccount, named, place } from '../../support/directory-account.ts';

const input = { directory, used: null };
const createdFor = (requestId: string) => ({ tags: new Map([['forestbridge:created-for', requestId]]) });
const tagsOf = ({ tags }: { readonly tags: ReadonlyMap<string, string> }) => Object.fromEntries(tags);

/** The request's directory has been asked for. */
const withOne = async () => {
  const account = await directoryAccount();
  await account.run(ensureDirectory, account.input).catch(() => {});
  const [mine] = named(account);
  if (mine === undefined) throw new RangeError('There is no directory.');
  account.disturb();
  return { ...account, mine };
};

describe('confirm-directory', () => {
  it("puts the request's tag beside the others, and looks again before one is used", async () => {
    const account = await withOne();
    const before = tagsOf(account.mine);

    const used = account.mine.directoryId;
    await expect(account.run(confirmDirectory, { ...input, used })).rejects.toMatchObject({
      name: 'NotReady',
      message: `The directory ${used} has the tag of the request orders only now; policies see it in a moment.`,
    });

    const confirmed = { ...before, 'forestbridge:request': 'orders' };
    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'ds:DescribeDirectories',
      'ds:ListTagsForResource',
      'ds:AddTagsToResource',
    ]);
    expect(tagsOf(account.mine)).toEqual(confirmed);
    account.disturb();
    await expect(account.run(confirmDirectory, { ...input, used })).resolves.toEqual({});
    expect(account.calls).not.toContain('ds:AddTagsToResource');
    expect(tagsOf(account.mine)).toEqual(confirmed);
  });

  it.each([
    ['none is', null],
    ['another one is', 'd-0123456789'],
  ])('looks once where %s to be used', async (_which, used) => {
    const account = await withOne();
    const other = place(account, { tags: new Map([['forestbridge:request', 'orders']]) });
    Object.assign(other, { directoryId: 'd-0123456789' });

    await expect(account.run(confirmDirectory, { ...input, used })).resolves.toEqual({});

    expect(tagsOf(account.mine)).toMatchObject({ 'forestbridge:request': 'orders' });
  });

  it('asks for nothing where the request adopts a directory', async () => {
    const account = await withOne();
    const adopted = {
      directoryId: 'd-0123456789',
      name: null,
      shortName: null,
      vpcId: null,
      subnetIds: [],
      edition: null,
      description: null,
    };

    await expect(
      account.run(confirmDirectory, { directory: adopted, used: 'd-0123456789' }),
    ).resolves.toEqual({});

    expect(account.calls).toEqual([]);
  });

  it('confirms nothing where the request asked for nothing', async () => {
    const account = await directoryAccount();
    const theirs = place(account, createdFor('orders'));

    await expect(account.run(confirmDirectory, input)).resolves.toEqual({});

    expect(tagsOf(theirs)).toEqual({ 'forestbridge:created-for': 'orders' });
  });

  it('confirms a twin, too, which is to be removed', async () => {
    const account = await withOne();
    const twin = place(account, createdFor('orders'));

    await expect(account.run(confirmDirectory, input)).resolves.toEqual({});

    for (const each of [account.mine, twin])
      expect(tagsOf(each)).toMatchObject({ 'forestbridge:request': 'orders' });
  });

  it.each([
    ['has no tag', {}],
    ['was created for another request', createdFor('books')],
    ['has another name', { ...createdFor('orders'), name: 'another.example.com' }],
    ['is being deleted', { ...createdFor('orders'), stage: 'Deleting' }],
  ])('leaves alone what %s', async (_which, difference) => {
    const account = await withOne();
    const other = Object.assign(place(account, difference), difference);
    const before = tagsOf(other);

    await account.settle(confirmDirectory, input, 15);

    expect(tagsOf(other)).toEqual(before);
    expect(account.calls.filter((call) => call === 'ds:AddTagsToResource')).toHaveLength(1);
  });

  it.each([
    ['long before', 10 * 60_000 + 1, false],
    ['as long before as clocks may differ', 10 * 60_000, true],
  ])('%s the request asked for a directory, one was launched', async (_when, milliseconds, isConfirmed) => {
    const account = await withOne();
    const other = place(account, createdFor('orders'));
    Object.assign(other, { launchedAt: account.mine.launchedAt - milliseconds });

    const refused = {
      name: 'Conflict',
      message:
        `The directory ${other.directoryId} is tagged as created for this request, but was launched before it asked for one. ` +
        'If this request made it, too, delete it; else find out who put the tag forestbridge:created-for there, and take it away. ' +
        'Then redrive this execution.',
    };
    const confirming = account.run(confirmDirectory, input);
    await (isConfirmed
      ? expect(confirming).resolves.toEqual({})
      : expect(confirming).rejects.toMatchObject(refused));

    expect(other.tags.has('forestbridge:request')).toBe(isConfirmed);
    expect(account.mine.tags.has('forestbridge:request')).toBe(isConfirmed);
  });

  it("is done where the directory that is to be used is the request's own, also by an earlier version", async () => {
    const account = await withOne();
    account.mine.tags.clear();
    account.mine.tags.set('forestbridge:request', 'orders');
    const used = account.mine.directoryId;

    await expect(account.run(confirmDirectory, { ...input, used })).resolves.toEqual({});
  });

  it.each([
    ['none', []],
    ["another request's", [['forestbridge:created-for', 'books']]],
  ] as const)(
    'refuses a directory that is to be used and has no tag of the request, but %s',
    async (_, tags) => {
      const account = await withOne();
      const used = account.mine.directoryId;
      account.mine.tags.clear();
      for (const [key, value] of tags) account.mine.tags.set(key, value);

      await expect(account.run(confirmDirectory, { ...input, used })).rejects.toMatchObject({
        name: 'Conflict',
        message:
          `The directory ${used} has no tag forestbridge:created-for of the value orders. ` +
          'If this request made it, put that tag there, then redrive this execution; else name another directory in a new one.',
      });
      await expect(account.run(confirmDirectory, input)).resolves.toEqual({});

      expect(account.mine.tags.has('forestbridge:request')).toBe(false);
    },
  );

  it.each([
    ['is being deleted', 'Deleting'],
    ['is not listed', 'Deleted'],
  ])('waits for a directory that is to be used and %s', async (_which, Stage) => {
    const account = await withOne();
    const used = account.mine.directoryId;
    const DirectoryDescriptions = [{ DirectoryId: used, Name: directory.name, Stage }];
    account.answering('DescribeDirectories', { DirectoryDescriptions });

    await expect(account.run(confirmDirectory, { ...input, used })).rejects.toMatchObject({
      name: 'NotReady',
      message: `The directory ${used} is not there at the moment. If it was deleted, start a new execution.`,
    });
  });

  it('waits for a directory that is to be used and is gone, though it is listed', async () => {
    const account = await withOne();
    account.answering('ListTagsForResource', new ServiceError('EntityDoesNotExistException', 'It is gone.'));
    const used = account.mine.directoryId;

    await expect(account.run(confirmDirectory, { ...input, used })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('is not there at the moment'),
    });
  });

  it('looks again where the directory was gone before it was tagged', async () => {
    const account = await withOne();
    account.answering('AddTagsToResource', new ServiceError('EntityDoesNotExistException', 'It is gone.'));
    const used = account.mine.directoryId;

    await expect(account.run(confirmDirectory, { ...input, used })).rejects.toMatchObject({
      name: 'NotReady',
    });
    await expect(account.run(confirmDirectory, input)).resolves.toEqual({});
  });

  it.each([
    [
      'ClientException',
      'Requested',
      'NotReady',
      /^The directory d-\w+ cannot be tagged yet\. AWS: Not so\.$/,
    ],
    ['ClientException', 'Active', 'DirectoryFailed', /^ClientException: Not so\.$/],
    [
      'AccessDeniedException',
      'Active',
      'NotReady',
      /cannot be tagged yet\. AWS: Not so\. If this goes on, allow it in this function's role\.$/,
    ],
    ['TagLimitExceededException', 'Requested', 'DirectoryFailed', /Not so\.$/],
  ] as const)('says what AWS refuses: %s, where it is %s', async (code, stage, errorName, message) => {
    const account = await withOne();
    account.mine.stage = stage;
    account.answering('AddTagsToResource', new ServiceError(code, 'Not so.'));

    await expect(account.run(confirmDirectory, input)).rejects.toMatchObject({
      name: errorName,
      message: expect.stringMatching(message),
    });
  });

  it('does nothing for an execution that lost its request to another one', async () => {
    const account = await withOne();
    const owner = { requestId: 'orders', execution: 'arn:another' };

    await expect(account.run(confirmDirectory, { ...input, owner })).rejects.toMatchObject({
      name: 'Conflict',
    });

    expect(account.mine.tags.has('forestbridge:request')).toBe(false);
  });
});
