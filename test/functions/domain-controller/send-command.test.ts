import { describe, expect, it } from 'vitest';
import { commentOf } from '../../../functions/domain-controller/comment.ts';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { documents } from '../../../run-command/documents.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { directoryName, managedNodeId, owner, trustAccount } from '../../support/trust-account.ts';

const parameters = { DirectoryName: directoryName, DirectoryDnsIpAddresses: '10.0.0.4', MayChange: 'false' };
const makes = { kind: 'forwarder-on-premises', key: directoryName };
const input = {
  step: 'forward-dns',
  managedNodeId,
  document: 'forward-dns',
  parameters,
  makes,
  failure: null,
  redrive: 0,
};
const hash = documents().find(({ name }) => name === 'forward-dns')?.hash;

describe('send-command', () => {
  it('runs the document, pinned, after the ledger knows what it makes', async () => {
    const { run, disturb, calls, commands, entries } = await trustAccount();
    const asked: unknown[] = [];
    disturb((call, answer) => {
      if (call.operation === 'SendCommand') asked.push(call.input);
      return answer();
    });

    const result = await run(sendCommand, input);

    expect(result).toEqual({ commandId: commands.all[0]?.commandId });
    expect(calls).toEqual(['ssm:ListCommands', 'dynamodb:PutItem', 'ssm:SendCommand']);
    expect(asked).toEqual([
      {
        DocumentName: 'forestbridge-forward-dns',
        DocumentVersion: '1',
        DocumentHash: hash,
        DocumentHashType: 'Sha256',
        InstanceIds: [managedNodeId],
        Parameters: {
          DirectoryName: [directoryName],
          DirectoryDnsIpAddresses: ['10.0.0.4'],
          MayChange: ['false'],
        },
        Comment: 'orders-20250101T000000/forward-dns#0',
        TimeoutSeconds: 600,
      },
    ]);
    expect(await entries()).toEqual({ [`forwarder-on-premises#${directoryName}`]: null });
  });

  it('enters nothing that it does not make', async () => {
    const { run, calls, entries } = await trustAccount();

    await run(sendCommand, { ...input, makes: null });

    expect(calls).toEqual(['ssm:ListCommands', 'ssm:SendCommand']);
    expect(await entries()).toEqual({});
  });

  it('finds the command that it has sent already, on any page and among others', async () => {
    const { run, disturb, calls, commands } = await trustAccount();
    const first = await run(sendCommand, input);
    const other = { documentName: 'forestbridge-forward-dns', managedNodeId, parameters: new Map() };
    commands.send({ ...other, comment: 'by hand' }, 60);
    commands.send({ ...other, comment: 'orders-20250101T000000/forward-dns#0', documentName: 'another' }, 60);
    disturb((call, answer) => {
      if (call.operation === 'ListCommands') Object.assign(Object(call.input), { MaxResults: 1 });
      return answer();
    });

    await expect(run(sendCommand, input)).resolves.toEqual(first);

    expect(calls).toEqual(['ssm:ListCommands', 'ssm:ListCommands']);
    expect(commands.all).toHaveLength(3);
  });

  it.each([
    ['another step', { step: 'forward-dns-again' }],
    ['a redrive', { redrive: 1 }],
    ['another execution', { owner: { ...owner, execution: `${owner.execution}1` } }],
  ])('sends anew for %s', async (_which, change) => {
    const { run, commands } = await trustAccount();
    const first = await run(sendCommand, input);

    await expect(run(sendCommand, { ...input, ...change })).resolves.not.toEqual(first);

    expect(commands.all).toHaveLength(2);
  });

  it('ends with the failure of the state that awaited, and sends nothing', async () => {
    const { run, calls } = await trustAccount();
    const failure = { error: 'CommandFailed', cause: '{"errorMessage":"It ended badly."}' };

    await expect(run(sendCommand, { ...input, failure })).rejects.toMatchObject({
      name: 'CommandFailed',
      message: 'It ended badly.',
    });

    expect(calls).toEqual([]);
  });

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

  it.each([{}, { Command: {} }])('fails where AWS tells no id: %j', async (given) => {
    const { run, answering } = await trustAccount();
    answering('SendCommand', given);

    await expect(run(sendCommand, input)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringContaining("did not tell the command's id"),
    });
  });

  it('sends where AWS lists nothing at all', async () => {
    const { run, answering, commands } = await trustAccount();
    answering('ListCommands', {});

    await run(sendCommand, input);

    expect(commands.all).toHaveLength(1);
  });

  it.each(Object.entries(mishaps))('loses no command at %s, wherever it happens', async (name, mishap) => {
    for (const position of [0, 1, 2]) {
      const { settle, disturb, commands, entries } = await trustAccount();
      disturb(at(position, mishap));
      const result = await settle(sendCommand, input);
      disturb();
      // Run Command takes no token, so a call that the network repeats is carried out twice.
      const sent = name === 'carriedOutTwice' && position === 2 ? 2 : 1;
      expect(commands.all).toHaveLength(sent);
      expect(result).toEqual({ commandId: commands.all.at(-1)?.commandId });
      expect(await entries()).toEqual({ [`forwarder-on-premises#${directoryName}`]: null });
    }
  });
});

describe('the comment of a command', () => {
  const arn = 'arn:aws:states:eu-west-1:111122223333:execution:forestbridge-provision:';

  it('names execution, step and redrive', () => {
    expect(commentOf(`${arn}orders-1`, 'create-trust', 2)).toBe('orders-1/create-trust#2');
  });

  it.each([
    [100, false],
    [101, true],
  ])('fits into 100 characters where it would take %i', (length, shortened) => {
    const execution = 'x'.repeat(length - '/check#0'.length);
    const comment = commentOf(arn + execution, 'check', 0);

    expect(comment).toHaveLength(100);
    expect(comment.includes('~')).toBe(shortened);
    expect(commentOf(arn + execution, 'check', 0)).toBe(comment);
    expect(commentOf(arn + execution, 'check', 1)).not.toBe(comment);
  });
});
