import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { planTrust } from '../../../functions/trust/plan-trust.ts';
import { allMishaps } from '../../support/mishaps.ts';
import { input, item, makes, parameters } from '../../support/sent-command.ts';
import {
  directoryId,
  directoryName,
  managedNodeId,
  onPremises,
  outgoing,
  type TrustAccount,
  trustAccount,
} from '../../support/trust-account.ts';

/** Asks for a command while its node is not known to Systems Manager. */
const refused = async ({ forest, run }: TrustAccount, change: object = {}): Promise<void> => {
  const { domainControllers } = forest;
  Object.assign(forest, { domainControllers: [] });
  await expect(run(sendCommand, { ...input, ...change })).rejects.toMatchObject({ name: 'CommandFailed' });
  Object.assign(forest, { domainControllers });
};

describe('send-command, in the ledger,', () => {
  it('enters nothing that it does not make', async () => {
    const { run, calls, entries } = await trustAccount();

    await run(sendCommand, { ...input, makes: null });

    expect(calls).toEqual(['dynamodb:GetItem', 'ssm:ListCommands', 'ssm:SendCommand']);
    expect(await entries()).toEqual({});
  });

  it('enters nothing that is there already', async () => {
    const { run, calls, entries } = await trustAccount();

    await run(sendCommand, { ...input, makes: { ...makes, exists: true } });

    expect(calls).not.toContain('dynamodb:PutItem');
    expect(await entries()).toEqual({});
  });

  it('keeps the id of what it has made, although the facts are older than it', async () => {
    const { run, ledger, entries } = await trustAccount();
    await ledger.making('forwarder-on-premises', directoryName);
    await ledger.made('forwarder-on-premises', directoryName, directoryName);

    await run(sendCommand, { ...input, redrive: 1 });

    expect(await entries()).toEqual({ [item]: directoryName });
  });

  describe('where Systems Manager refuses the command', () => {
    it('takes no forwarder for its own that was made by hand afterwards', async () => {
      const account = await trustAccount();
      const { run, settle, entries, forest } = account;
      await refused(account);
      expect(await entries()).toEqual({});
      forest.forwarders.set(directoryName, ['10.99.0.1']);

      const sent = await run(sendCommand, { ...input, makes: { ...makes, exists: true }, redrive: 1 });

      const command = { ...Object(sent), managedNodeId, document: 'forward-dns', expected: null };
      await expect(settle(awaitCommand, { ...command, makes }, 5)).rejects.toMatchObject({
        name: 'Conflict',
      });
      expect(forest.forwarders.get(directoryName)).toEqual(['10.99.0.1']);
    });

    it('takes no half for its own that was made by hand afterwards', async () => {
      const account = await trustAccount();
      const { run, entries } = account;
      await refused(account, {
        document: 'create-trust',
        parameters: {
          DirectoryName: directoryName,
          TrustType: 'Forest',
          Direction: 'Inbound',
          SelectiveAuthentication: 'false',
          SecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:forestbridge/orders/trust-abcdef',
          Action: 'create',
        },
        makes: { kind: 'half-on-premises', key: directoryName, exists: false },
      });

      expect(await entries()).toEqual({});
      await expect(
        run(planTrust, {
          directory: { directoryId, name: directoryName },
          onPremises,
          trust: outgoing,
          half: { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false },
        }),
      ).rejects.toMatchObject({
        name: 'Conflict',
        message: expect.stringContaining('Forestbridge did not make that half'),
      });
    });

    it('keeps the entry of an earlier command, which may have made it', async () => {
      const account = await trustAccount();
      await account.ledger.making('forwarder-on-premises', directoryName);

      await refused(account);

      expect(await account.entries()).toEqual({ [item]: null });
    });

    it('knows its own forwarder again, although the facts are older than it', async () => {
      const account = await trustAccount();
      const { run, settle, forest, entries } = account;
      const command = { managedNodeId, document: 'forward-dns', expected: null, makes };
      await settle(awaitCommand, { ...Object(await run(sendCommand, input)), ...command }, 5);
      expect(forest.forwarders.get(directoryName)).toEqual(['10.0.0.4']);

      await refused(account, { redrive: 1 });

      expect(await entries()).toEqual({ [item]: directoryName });
      const changed = { ...parameters, DirectoryDnsIpAddresses: '10.0.1.4' };
      const sent = await run(sendCommand, { ...input, parameters: changed, redrive: 2 });
      await settle(awaitCommand, { ...Object(sent), ...command }, 5);
      expect(forest.forwarders.get(directoryName)).toEqual(['10.0.1.4']);
    });
  });

  it.each(['answerLost', 'answerCutOff', 'callLost'] as const)(
    'keeps its entry where nobody knows whether the command was sent: %s',
    async (name) => {
      const { run, disturb, entries } = await trustAccount();
      disturb((call, answer) =>
        call.operation === 'SendCommand' ? allMishaps[name](call, answer) : answer(),
      );

      await expect(run(sendCommand, input)).rejects.toMatchObject({ name: 'Throttled' });

      expect(await entries()).toEqual({ [item]: null });
    },
  );
});
