import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { network, prepare } from '../../support/awaited-command.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { half } from '../../support/sent-command.ts';
import { directoryName, outgoing } from '../../support/trust-account.ts';

const makes = { kind: 'forwarder-on-premises', key: directoryName };
const item = `forwarder-on-premises#${directoryName}`;

describe('await-command writes down what a command has made', () => {
  it('with its id where a command that ran before has made it', async () => {
    const { send, account } = await prepare();
    await account.ledger.making('forwarder-on-premises', directoryName);
    const input = { ...(await send('forward-dns', network)), makes };
    await account.settle(awaitCommand, input, 5);

    await account.settle(awaitCommand, input, 5);

    expect(await account.entries()).toEqual({ [item]: directoryName });
  });

  it.each([true, false])('with its id, whether it was announced (%s) or not', async (isAnnounced) => {
    const { send, account, forest } = await prepare();
    forest.forwarders.clear();
    if (isAnnounced) await account.ledger.making('forwarder-on-premises', directoryName);

    await account.settle(awaitCommand, { ...(await send('forward-dns', network)), makes }, 5);

    expect(await account.entries()).toEqual({ [item]: directoryName });
  });

  it('and not what stood there before', async () => {
    const { send, account } = await prepare();

    await account.settle(awaitCommand, { ...(await send('forward-dns', network)), makes }, 5);

    expect(await account.entries()).toEqual({});
  });

  it('and nothing where a command makes nothing', async () => {
    const { send, account, forest } = await prepare();
    forest.halves.set(directoryName, { ...outgoing, direction: 'Inbound', password: 'secret' });
    await account.ledger.making('half-on-premises', directoryName);
    const input = { ...(await send('confirm-trust', half)), makes: { ...makes, kind: 'half-on-premises' } };

    await account.settle(awaitCommand, input, 5);

    expect(await account.entries()).toEqual({ [`half-on-premises#${directoryName}`]: null });
  });

  it.each(Object.entries(mishaps))('at %s, wherever it happens', async (_name, mishap) => {
    for (const position of [0, 1, 2, 3, 4]) {
      const { send, account, forest } = await prepare();
      forest.forwarders.clear();
      const input = { ...(await send('forward-dns', network)), makes };
      await account.seconds(60);
      account.disturb(at(position, mishap));
      await account.settle(awaitCommand, input);
      expect(await account.entries()).toEqual({ [item]: directoryName });
    }
  });
});
