import { describe, expect, it } from 'vitest';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { hash, input, item } from '../../support/sent-command.ts';
import { directoryName, managedNodeId, trustAccount } from '../../support/trust-account.ts';

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
    expect(calls).toEqual([
      'dynamodb:GetItem',
      'ssm:ListCommands',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'ssm:SendCommand',
    ]);
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
    expect(await entries()).toEqual({ [item]: null });
  });

  it('hands on the parameters of another document as they are', async () => {
    const { run, commands } = await trustAccount();
    const given = { DirectoryName: directoryName, TrustType: 'Forest', Direction: 'Inbound' };

    await run(sendCommand, { ...input, document: 'confirm-trust', parameters: given, makes: null });

    expect(Object.fromEntries(commands.all[0]?.parameters ?? [])).toEqual(given);
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

  it.each([{}, { Command: {} }])('fails where AWS tells no id: %j', async (given) => {
    const { run, answering } = await trustAccount();
    answering('SendCommand', given);

    await expect(run(sendCommand, input)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringContaining("did not tell the command's id"),
    });
  });

  it.each(Object.entries(mishaps))('loses no command at %s, wherever it happens', async (name, mishap) => {
    for (const position of [0, 1, 2, 3, 4]) {
      const { settle, disturb, commands, entries } = await trustAccount();
      disturb(at(position, mishap));
      const result = await settle(sendCommand, input);
      disturb();
      // Run Command takes no token, so a call that the network repeats is carried out twice.
      const sent = name === 'carriedOutTwice' && position === 4 ? 2 : 1;
      expect(commands.all).toHaveLength(sent);
      expect(result).toEqual({ commandId: commands.all.at(-1)?.commandId });
      expect(await entries()).toEqual({ [item]: null });
    }
  });
});
