import { describe, expect, it } from 'vitest';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { creation, input, makes, parameters } from '../../support/sent-command.ts';
import { directoryId, directoryName, onPremises, owner, trustAccount } from '../../support/trust-account.ts';

describe('send-command, by whose it is,', () => {
  it.each([
    ['what this request made', 'made', true, 'true'],
    ['what this request made, and is gone', 'made', false, 'true'],
    ['nothing that it has only begun', 'begun', true, 'false'],
    ['nothing of others', 'unknown', true, 'false'],
    ['nothing where there is nothing yet', 'unknown', false, 'false'],
  ])('lets the script change %s', async (_which, entry, exists, MayChange) => {
    const { run, ledger, commands } = await trustAccount();
    if (entry !== 'unknown') await ledger.making('forwarder-on-premises', directoryName);
    if (entry === 'made') await ledger.made('forwarder-on-premises', directoryName, directoryName);

    await run(sendCommand, { ...input, makes: { ...makes, exists } });

    expect(commands.all[0]?.parameters.get('MayChange')).toBe(MayChange);
  });

  it('lets the script change nothing where it is not said what the command makes', async () => {
    const { run, commands } = await trustAccount();

    await run(sendCommand, { ...input, parameters: { ...parameters, MayChange: 'true' }, makes: null });

    expect(commands.all[0]?.parameters.get('MayChange')).toBe('false');
  });

  it.each([
    ['nothing of it was entered', null, 'false'],
    ['an earlier run may have made it', 'begun', 'true'],
    ['an earlier run has made it', 'made', 'true'],
  ])(
    'lets a half that is there be changed only where it may be ours: %s',
    async (_which, entered, expected) => {
      const { run, commands, ledger } = await trustAccount();
      if (entered !== null) await ledger.making('half-on-premises', directoryName);
      if (entered === 'made') await ledger.made('half-on-premises', directoryName, directoryName);

      await run(sendCommand, { ...input, ...creation });

      expect(commands.all[0]?.parameters.get('MayChange')).toBe(expected);
    },
  );

  it.each([
    ['another execution makes it', `${owner.execution}1`],
    ['nobody holds it', null],
  ])('touches no trust where %s', async (_which, execution) => {
    const { run, commands, entries, claimOf } = await trustAccount();
    const pair = { directoryId, domainName: onPremises.domainName };
    const requestId = `trust#${pair.directoryId}/${pair.domainName}`;
    if (execution !== null) await claimOf({ requestId, execution }).take(null, new Date());

    await expect(run(sendCommand, { ...input, ...creation, trust: pair })).rejects.toMatchObject({
      name: 'Conflict',
      message: `The trust between ${pair.domainName} and ${pair.directoryId} was carried on by ${execution ?? 'another execution'}, so this execution must not touch it. Start a new execution, which finds what is there.`,
    });

    expect(commands.all).toEqual([]);
    expect(await entries()).toEqual({});
  });

  it('touches the trust that its execution holds', async () => {
    const { run, commands, claimOf } = await trustAccount();
    const pair = { directoryId, domainName: onPremises.domainName };
    await claimOf({ ...owner, requestId: `trust#${directoryId}/${pair.domainName}` }).take(null, new Date());

    await run(sendCommand, { ...input, ...creation, trust: pair });

    expect(commands.all).toHaveLength(1);
  });
});
