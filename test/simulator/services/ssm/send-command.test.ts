import { describe, expect, it } from 'vitest';
import { commandAccount, Parameters } from '../../../support/command-account.ts';

describe('SendCommand', () => {
  it('takes a document pinned by version and hash', async () => {
    const { send, hash } = commandAccount();

    for (const DocumentVersion of ['1', '$DEFAULT', '$LATEST'])
      await expect(
        send({ DocumentVersion, DocumentHash: hash, DocumentHashType: 'Sha256' }),
      ).resolves.not.toBe('');
  });

  it('gives a node half a minute at least', async () => {
    await expect(commandAccount().send({ TimeoutSeconds: 30 })).resolves.not.toBe('');
  });

  it('does not know a command by what it says', async () => {
    const { send, world } = commandAccount();

    expect(await send()).not.toBe(await send());
    expect(world.commands.all).toHaveLength(2);
  });

  it.each([
    ['InvalidDocument', /does not exist/, { DocumentName: 'forestbridge-none' }],
    ['InvalidDocument', /hash/, { DocumentHash: '0'.repeat(64) }],
    ['InvalidDocumentVersion', /version/, { DocumentVersion: '2' }],
    [
      'InvalidInstanceId',
      /^Instances \[\[i-0123456789abcdef0]] not in a valid state for account 111122223333$/,
      { InstanceIds: ['i-0123456789abcdef0'] },
    ],
    ['InvalidParameters', /Extra is not declared/, { Parameters: { ...Parameters, Extra: ['x'] } }],
    ['InvalidParameters', /DirectoryName is required/, { Parameters: {} }],
    [
      'InvalidParameters',
      /DirectoryName does not match/,
      { Parameters: { ...Parameters, DirectoryName: ['aws.example.com"; calc'] } },
    ],
    ['ValidationException', /at 'comment'/, { Comment: 'x'.repeat(101) }],
    ['ValidationException', /'29' at 'timeoutSeconds'/, { TimeoutSeconds: 29 }],
  ])('answers %s, %s', async (name, message, difference) => {
    const { send, world } = commandAccount();

    await expect(send(difference)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(world.commands.all).toEqual([]);
  });

  it('lets through what a document allows, and nothing beside it', async () => {
    const { send, world } = commandAccount();
    const content = JSON.stringify({
      parameters: { Kind: { allowedValues: ['one', 'two'], default: 'one' } },
      mainSteps: [{ inputs: { timeoutSeconds: 60 } }],
    });
    world.commands.documents.set('kinds', { name: 'kinds', content, hash: '' });
    const ask = (parameters: object) => send({ DocumentName: 'kinds', Parameters: parameters });

    await expect(ask({})).resolves.not.toBe('');
    await expect(ask({ Kind: ['two'] })).resolves.not.toBe('');
    await expect(ask({ Kind: ['three'] })).rejects.toMatchObject({
      name: 'InvalidParameters',
      message: expect.stringContaining('none of one, two'),
    });
    await expect(ask({ Kind: [] })).rejects.toMatchObject({ name: 'InvalidParameters' });
  });
});
