import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { creation, item, makes, network, prepare } from '../../support/awaited-command.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { directoryName, outgoing, owner } from '../../support/trust-account.ts';

const forwarder = { kind: 'forwarder-on-premises', key: directoryName };

/** What awaits a command that is to make a half, where one of another direction was made by hand. */
const foreign = async () => {
  const prepared = await prepare();
  const { account, forest, send } = prepared;
  await account.ledger.making('half-on-premises', directoryName);
  forest.halves.set(directoryName, { ...outgoing, direction: 'Outbound', password: 'secret' });
  return { ...prepared, input: { ...(await send('create-trust', creation)), makes } };
};

describe('await-command where the script finds what somebody else has made', () => {
  it.each([
    ['although the facts are older than it', false],
    ['where the facts are new', true],
  ])('does not change it when the execution is redriven, %s', async (_which, exists) => {
    const { account, forest, send, result } = await prepare();
    forest.forwarders.clear();
    await expect(result('check-domain-controller', network)).resolves.toMatchObject({ forwarder: null });
    forest.forwarders.set(directoryName, ['10.99.0.1']);
    const first = await send('forward-dns', network, null, { makes: { ...forwarder, exists: false } });
    expect(await account.entries()).toEqual({ [`forwarder-on-premises#${directoryName}`]: null });

    await expect(account.settle(awaitCommand, { ...first, makes: forwarder }, 5)).rejects.toMatchObject({
      name: 'Conflict',
    });

    expect(await account.entries()).toEqual({});
    const change = { makes: { ...forwarder, exists }, redrive: 1 };
    const again = await send('forward-dns', network, null, change);
    await expect(account.settle(awaitCommand, { ...again, makes: forwarder }, 5)).rejects.toMatchObject({
      name: 'Conflict',
    });
    const [, ...sent] = account.commands.all;
    expect(sent.map(({ parameters }) => parameters.get('MayChange'))).toEqual(['false', 'false']);
    expect(forest.forwarders.get(directoryName)).toEqual(['10.99.0.1']);
    expect(await account.entries()).toEqual({});
  });

  it('strikes out an entry that was only begun, and no other', async () => {
    const { account, input } = await foreign();
    await account.ledger.making('forwarder-on-premises', directoryName);

    await expect(account.settle(awaitCommand, input, 5)).rejects.toMatchObject({ name: 'Conflict' });

    expect(await account.entries()).toEqual({ [`forwarder-on-premises#${directoryName}`]: null });
  });

  it('keeps the entry of what was made', async () => {
    const { account, input } = await foreign();
    await account.ledger.made('half-on-premises', directoryName, directoryName);

    await expect(account.settle(awaitCommand, input, 5)).rejects.toMatchObject({ name: 'Conflict' });

    expect(await account.entries()).toEqual({ [item]: directoryName });
  });

  it('has nothing to strike out where nothing was entered', async () => {
    const { account, input } = await foreign();
    await account.ledger.forget('half-on-premises', directoryName);

    await expect(account.settle(awaitCommand, input, 5)).rejects.toMatchObject({ name: 'Conflict' });

    expect(await account.entries()).toEqual({});
  });

  it('keeps the entry where the script says nothing of that', async () => {
    const { account, forest, input } = await foreign();
    forest.halves.clear();
    forest.forwarders.clear();

    await expect(account.settle(awaitCommand, input, 5)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringContaining('failed (domain-not-found)'),
    });

    expect(await account.entries()).toEqual({ [item]: null });
  });

  it('leaves the entry to the execution that has taken over', async () => {
    const { account, input } = await foreign();
    const another = { ...owner, execution: `${owner.execution}-2` };
    await account.claimOf(another).take(owner.execution, new Date());

    await expect(account.settle(awaitCommand, input, 5)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`was carried on by ${another.execution}`),
    });

    expect(await account.entries()).toEqual({ [item]: null });
  });

  it.each(Object.entries(mishaps))(
    'strikes the entry out at %s too, wherever it happens',
    async (_name, mishap) => {
      for (const position of [0, 1, 2, 3, 4]) {
        const { account, input } = await foreign();
        await account.seconds(60);
        account.disturb(at(position, mishap));

        await expect(account.settle(awaitCommand, input)).rejects.toMatchObject({ name: 'Conflict' });

        account.disturb();
        expect(await account.entries()).toEqual({});
      }
    },
  );
});
