import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { creation, ended, makes, prepare, printed } from '../../support/awaited-command.ts';
import { mishaps } from '../../support/mishaps.ts';
import { directoryName, outgoing } from '../../support/trust-account.ts';

const sentTwice = async () => {
  const prepared = await prepare();
  const { account, send } = prepared;
  account.disturb((call, answer) =>
    call.operation === 'SendCommand' ? mishaps.carriedOutTwice(call, answer) : answer(),
  );
  const sent = await send('create-trust', creation, null, { makes: { ...makes, exists: false } });
  account.disturb();
  const inputOf = (commandId: string) => ({ ...sent, commandId, makes });
  const inputs = account.commands.all.map(({ commandId }) => inputOf(commandId));
  return { ...prepared, inputs };
};

describe('await-command of a command that was sent twice', () => {
  it('takes what either of them made for its own', async () => {
    const { account, inputs } = await sentTwice();

    for (const input of inputs)
      await expect(account.settle(awaitCommand, input, 5)).resolves.toMatchObject({ changed: true });

    expect(inputs).toHaveLength(2);
    expect(await account.entries()).toEqual({ [`half-on-premises#${directoryName}`]: directoryName });
  });

  it('is a conflict where both have found what somebody else has made, and not before', async () => {
    const { account, forest, inputs } = await sentTwice();
    forest.halves.set(directoryName, { ...outgoing, direction: 'Outbound', password: 'secret' });
    const [one, other] = account.commands.all;
    if (one === undefined || other === undefined) throw new Error('No two commands were sent.');
    while (account.commands.all.every(({ endedAt }) => endedAt === null)) await account.seconds(0.25);
    const input = inputs[one.endedAt === null ? 1 : 0] ?? {};

    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('which was sent twice, is In Progress'),
    });
    await expect(account.settle(awaitCommand, input, 1)).rejects.toMatchObject({ name: 'Conflict' });

    expect(await account.entries()).toEqual({});
  });

  it('is a conflict where the other one never came to its node', async () => {
    const { account, inputs } = await sentTwice();
    const [input = {}, { commandId: other } = { commandId: '' }] = inputs;
    const conflict = printed({ status: 'conflict', reason: 'half', message: 'No.' });
    const comment = 'orders-20250101T000000/create-trust#0';
    account.disturb((call, answer) => {
      if (call.operation !== 'GetCommandInvocation') return answer();
      const isOther = JSON.stringify(call.input).includes(other);
      return Promise.resolve(
        isOther
          ? ended('Undeliverable', comment)
          : { ...conflict, Comment: comment, DocumentName: 'forestbridge-create-trust' },
      );
    });

    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({ name: 'Conflict' });

    account.disturb();
    expect(await account.entries()).toEqual({});
  });

  it('is a conflict where Systems Manager does not tell what was sent', async () => {
    const { account, inputs } = await sentTwice();
    account.answering(
      'GetCommandInvocation',
      printed({ status: 'conflict', reason: 'half', message: 'No.' }),
    );

    await expect(account.run(awaitCommand, inputs[0] ?? {})).rejects.toMatchObject({ name: 'Conflict' });

    expect(await account.entries()).toEqual({});
  });
});
