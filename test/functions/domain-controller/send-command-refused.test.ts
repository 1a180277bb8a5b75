import { describe, expect, it } from 'vitest';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { hash, input } from '../../support/sent-command.ts';
import { owner, trustAccount } from '../../support/trust-account.ts';

describe('send-command, where it cannot send,', () => {
  it('says what to do about a node that Systems Manager does not know', async () => {
    const { run, forest } = await trustAccount();
    Object.assign(forest, { domainControllers: [] });

    await expect(run(sendCommand, input)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringMatching(
        /^forestbridge-forward-dns could not be sent to the managed node mi-0a1b2c3d4e5f60718: InvalidInstanceId: .*Fleet Manager.*SSM agent \(3\.3\.2746\.0 or newer\).*redrive/,
      ),
    });
  });

  it.each([
    ['forestbridge-other', '1', hash, /InvalidDocument: .*deploy again/],
    ['forestbridge-forward-dns', '2', hash, /InvalidDocumentVersion: .*deploy again/],
    ['forestbridge-forward-dns', '1', 'another', /InvalidDocument: The hash.*deploy again/],
  ])(
    'fails where the document is not the one deployed: %s, version %s',
    async (name, version, hash, message) => {
      const { bind, commands } = await trustAccount();
      const pinned = { name, version, hash };
      const setting = {
        'check-domain-controller': pinned,
        'forward-dns': pinned,
        'create-trust': pinned,
        'confirm-trust': pinned,
      };
      const run = bind(sendCommand, { DOCUMENTS: JSON.stringify(setting) });

      await expect(run({ owner, ...input }, lambdaContext)).rejects.toMatchObject({
        name: 'CommandFailed',
        message: expect.stringMatching(message),
      });

      expect(commands.all).toEqual([]);
    },
  );

  it.each([
    ['a document that the setting does not name', '{"forward-dns":{"name":"a","version":"1","hash":"b"}}'],
    ['what is no JSON', 'forward-dns'],
  ])('refuses a setting with %s', async (_which, DOCUMENTS) => {
    const { bind } = await trustAccount();

    expect(() => bind(sendCommand, { DOCUMENTS })).toThrow(/DOCUMENTS/);
  });

  it.each([
    ['UnsupportedPlatformType', 'CommandFailed', /no Windows machine/],
    ['InvalidParameters', 'CommandFailed', /InvalidParameters: Not that\. .*deploy again/],
    ['InvalidOutputFolder', 'CommandFailed', /^InvalidOutputFolder: Not that\.$/],
    ['AccessDeniedException', 'Forbidden', /Not that/],
    ['toString', 'CommandFailed', /^toString: Not that\.$/],
  ])('names what SendCommand refuses by %s', async (code, name, message) => {
    const { run, answering } = await trustAccount();
    answering('SendCommand', new ServiceError(code, 'Not that.'));

    await expect(run(sendCommand, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });
});
