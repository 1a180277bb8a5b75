import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { commentOf } from '../../../functions/domain-controller/comment.ts';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { planTrust } from '../../../functions/trust/plan-trust.ts';
import { documents } from '../../../run-command/documents.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { allMishaps, at, mishaps } from '../../support/mishaps.ts';
import {
  directoryId,
  directoryName,
  managedNodeId,
  onPremises,
  outgoing,
  owner,
  type TrustAccount,
  trustAccount,
} from '../../support/trust-account.ts';

const parameters = { DirectoryName: directoryName, DirectoryDnsIpAddresses: '10.0.0.4' };
const makes = { kind: 'forwarder-on-premises', key: directoryName, exists: false };
const item = `forwarder-on-premises#${directoryName}`;
const input = {
  step: 'forward-dns',
  managedNodeId,
  document: 'forward-dns',
  parameters,
  makes,
  startedAt: '2025-01-01T00:00:00.000Z',
  failure: null,
  redrive: 0,
};
const creation = {
  step: 'create-trust',
  document: 'create-trust',
  parameters: {
    DirectoryName: directoryName,
    TrustType: 'Forest',
    Direction: 'Inbound',
    SelectiveAuthentication: 'false',
    SecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:forestbridge/orders/trust-abcdef',
    Action: 'create',
  },
  makes: { kind: 'half-on-premises', key: directoryName, exists: false },
};
const another = { ...owner, execution: `${owner.execution}1` };
const hash = documents().find(({ name }) => name === 'forward-dns')?.hash;

/** Asks for a command while its node is not known to Systems Manager. */
const refused = async ({ forest, run }: TrustAccount, change: object = {}): Promise<void> => {
  const { domainControllers } = forest;
  Object.assign(forest, { domainControllers: [] });
  await expect(run(sendCommand, { ...input, ...change })).rejects.toMatchObject({ name: 'CommandFailed' });
  Object.assign(forest, { domainControllers });
};

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

  it('hands on the parameters of another document as they are', async () => {
    const { run, commands } = await trustAccount();
    const given = { DirectoryName: directoryName, TrustType: 'Forest', Direction: 'Inbound' };

    await run(sendCommand, { ...input, document: 'confirm-trust', parameters: given, makes: null });

    expect(Object.fromEntries(commands.all[0]?.parameters ?? [])).toEqual(given);
  });

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

describe('the comment of a command', () => {
  const arn = 'arn:aws:states:eu-west-1:111122223333:execution:forestbridge-provision:';

  const owner = (name: string) => ({ requestId: 'orders', execution: arn + name });

  it.each([
    ['orders-1', 'orders-1/create-trust#2'],
    ['orders', 'orders/create-trust#2'],
    ['7d5a0c1e-2b', 'orders/7d5a0c1e-2b/create-trust#2'],
    ['orders2-1', 'orders/orders2-1/create-trust#2'],
  ])('names request, execution, step and redrive, where the execution is called %s', (name, comment) => {
    expect(commentOf(owner(name), 'create-trust', 2)).toBe(comment);
  });

  it.each([
    [100, false],
    [101, true],
  ])('fits into 100 characters where it would take %i', (length, shortened) => {
    const own = owner(`orders-${'x'.repeat(length - 'orders-/check#0'.length)}`);
    const comment = commentOf(own, 'check', 0);

    expect(comment).toHaveLength(100);
    expect(comment.includes('~')).toBe(shortened);
    expect(commentOf(own, 'check', 0)).toBe(comment);
    expect(commentOf(own, 'check', 1)).not.toBe(comment);
  });

  it('keeps the request where it is shortened', () => {
    expect(commentOf(owner('x'.repeat(80)), 'confirm-trust-on-premises', 10)).toMatch(/^orders\/x+~\w{16}$/);
  });
});
