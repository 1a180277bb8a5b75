import { describe, expect, it } from 'vitest';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { input } from '../../support/sent-command.ts';
import { managedNodeId, owner, trustAccount } from '../../support/trust-account.ts';

const another = { ...owner, execution: `${owner.execution}1` };

describe('send-command, asked again,', () => {
  it.each(['2024-07-07T00:05:00Z', '2024-07-07T00:05:00.987Z'])(
    'looks for a command of this execution, which began at %s, by pages as large as may be',
    async (startedAt) => {
      const { run, disturb } = await trustAccount();
      const asked: unknown[] = [];
      disturb((call, answer) => {
        if (call.operation === 'ListCommands') asked.push(call.input);
        return answer();
      });

      await run(sendCommand, { ...input, startedAt });

      expect(asked).toEqual([
        {
          Filters: [
            { key: 'DocumentName', value: 'forestbridge-forward-dns' },
            { key: 'InvokedAfter', value: '2024-07-07T00:00:00Z' },
          ],
          MaxResults: 50,
        },
      ]);
    },
  );

  it.each([
    ['finds a command although the clocks differ by five minutes', '2025-01-01T00:05:00.000Z', 1],
    ['takes no command of an older execution of that name', '2025-01-01T00:05:01.000Z', 2],
  ])('%s', async (_which, startedAt, sent) => {
    const { run, commands } = await trustAccount();
    await run(sendCommand, input);

    await run(sendCommand, { ...input, startedAt });

    expect(commands.all).toHaveLength(sent);
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

    expect(calls).toEqual(['dynamodb:GetItem', 'ssm:ListCommands', 'ssm:ListCommands']);
    expect(commands.all).toHaveLength(3);
  });

  it.each([
    ['another step', { step: 'forward-dns-again' }],
    ['a redrive', { redrive: 1 }],
    ['another execution', { owner: another }],
  ])('sends anew for %s', async (_which, change) => {
    const { run, commands, claimOf } = await trustAccount();
    const first = await run(sendCommand, input);
    if ('owner' in change) await claimOf(another).take(owner.execution, new Date());

    await expect(run(sendCommand, { ...input, ...change })).resolves.not.toEqual(first);

    expect(commands.all).toHaveLength(2);
  });

  it('sends where AWS lists nothing at all', async () => {
    const { run, answering, commands } = await trustAccount();
    answering('ListCommands', {});

    await run(sendCommand, input);

    expect(commands.all).toHaveLength(1);
  });
});
