import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { creation, ended, item, makes, prepare } from '../../support/awaited-command.ts';
import { directoryName, outgoing } from '../../support/trust-account.ts';

describe('await-command where the command never came to its node', () => {
  it.each([
    ['Delivery Timed Out', 'this', {}],
    ['Undeliverable', 'this', {}],
    ['Invalid Platform', 'this', {}],
    ['Access Denied', 'this', {}],
    ['Rate Exceeded', 'this', {}],
    ['No Instances In Tag', 'this', {}],
    ['Execution Timed Out', 'this', { [item]: null }],
    ['Terminated', 'this', { [item]: null }],
    ['Delivery Timed Out', 'an earlier', { [item]: null }],
  ])('by %s, what was begun for %s command is judged by that', async (details, which, expected) => {
    const { account, send } = await prepare();
    if (which === 'an earlier')
      await account.ledger.making(makes.kind, makes.key, {
        command: 'orders-20250101T000000/create-trust#0',
      });
    const redrive = which === 'an earlier' ? 1 : 0;
    const change = { makes: { ...makes, exists: false }, redrive };
    const sent = await send('create-trust', creation, null, change);
    account.answering(
      'GetCommandInvocation',
      ended(details, `orders-20250101T000000/create-trust#${redrive}`),
    );

    for (const again of [false, true])
      await expect(account.run(awaitCommand, { ...sent, makes }), String(again)).rejects.toMatchObject({
        name: 'CommandFailed',
        message: expect.stringContaining(`ended without a result: ${details}.`),
      });

    expect(await account.entries()).toEqual(expected);
  });

  it('leaves an equal half alone that somebody else makes then', async () => {
    const { account, forest, send } = await prepare();
    const first = await send('create-trust', creation, null, { makes: { ...makes, exists: false } });
    account.answering(
      'GetCommandInvocation',
      ended('Undeliverable', 'orders-20250101T000000/create-trust#0'),
    );
    await expect(account.run(awaitCommand, { ...first, makes })).rejects.toMatchObject({
      name: 'CommandFailed',
    });
    account.disturb();
    forest.halves.set(directoryName, { ...outgoing, direction: 'Inbound', password: 'theirs' });

    const change = { makes: { ...makes, exists: false }, redrive: 1 };
    const again = await send('create-trust', creation, null, change);

    await expect(account.settle(awaitCommand, { ...again, makes }, 5)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('exists, and Forestbridge did not make it'),
    });
    expect(forest.halves.get(directoryName)?.password).toBe('theirs');
    expect(await account.entries()).toEqual({});
  });
});
