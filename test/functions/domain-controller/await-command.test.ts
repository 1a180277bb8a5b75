import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import {
  directoryName,
  managedNodeId,
  onPremises,
  outgoing,
  owner,
  trustAccount,
} from '../../support/trust-account.ts';

const addresses = ['10.0.0.4', '10.0.1.4'];
const network = { DirectoryName: directoryName, DirectoryDnsIpAddresses: addresses.join(',') };
const half = { DirectoryName: directoryName, TrustType: 'Forest', Direction: 'Inbound' };
const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:forestbridge/orders/trust-abcdef';
const inbound = { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false };

/** What a document makes, without an entry of it. */
const madeBy = new Map([
  ['forward-dns', { kind: 'forwarder-on-premises', key: directoryName, exists: true }],
  ['create-trust', { kind: 'half-on-premises', key: directoryName, exists: true }],
]);

/** An account whose company forwards to the directory, with the trust's secret, and what runs a document there. */
const prepare = async () => {
  const account = await trustAccount();
  const { forest, directory, secrets } = account;
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  secrets.place(secretArn, '{"password":"A-long-secret-1"}');
  const send = async (
    document: string,
    parameters: object,
    expected: object | null = null,
    change: object = {},
  ) => {
    const sent = await account.run(sendCommand, {
      step: document,
      managedNodeId,
      document,
      parameters,
      makes: madeBy.get(document) ?? null,
      startedAt: '2025-01-01T00:00:00.000Z',
      failure: null,
      redrive: 0,
      ...change,
    });
    return { ...Object(sent), managedNodeId, document, expected };
  };
  const result = async (...given: Parameters<typeof send>): Promise<unknown> =>
    account.settle(awaitCommand, await send(...given), 5);
  return { account, forest, send, result };
};

/** What await-command makes of an invocation that looks like this. */
const judged = async (invocation: object, document = 'create-trust', expected: object | null = null) => {
  const { run, answering } = await trustAccount();
  answering('GetCommandInvocation', invocation);
  return run(awaitCommand, { commandId: 'the-command', managedNodeId, document, expected });
};

const printed = (result: object | string, Status = 'Success') => ({
  Status,
  StatusDetails: Status,
  ResponseCode: Status === 'Success' ? 0 : 1,
  StandardOutputContent: typeof result === 'string' ? result : `${JSON.stringify(result)}\n`,
  StandardErrorContent: '',
});

const ended = (StatusDetails: string, Comment: string) => ({
  Status: 'Failed',
  StatusDetails,
  Comment,
  ResponseCode: -1,
  StandardOutputContent: '',
  StandardErrorContent: '',
});

describe('await-command', () => {
  it('returns the result of each document', async () => {
    const { result, forest } = await prepare();
    forest.forwarders.clear();

    await expect(result('forward-dns', network)).resolves.toEqual({
      forwarder: addresses,
      changed: true,
    });
    await expect(
      result('create-trust', {
        ...half,
        SelectiveAuthentication: 'false',
        SecretArn: secretArn,
        Action: 'create',
      }),
    ).resolves.toEqual({ half: inbound, changed: true });
    await expect(result('confirm-trust', half)).resolves.toEqual({ half: inbound, verified: null });
    await expect(result('check-domain-controller', network)).resolves.toEqual({
      domainName: 'corp.example.com',
      shortName: 'CORP',
      forestRootDomain: 'corp.example.com',
      isDomainController: true,
      forestMode: 'Windows2016Forest',
      site: 'Default-First-Site-Name',
      secretsTool: true,
      nullSessionPipes: ['netlogon', 'samr', 'lsarpc'],
      usersWithoutPreauthentication: 0,
      half: inbound,
      forwarder: addresses,
      names: { '10.0.0.4': true, '10.0.1.4': true },
      ports: Object.fromEntries(
        addresses.map((address) => [
          address,
          Object.fromEntries([53, 88, 135, 389, 445, 464, 636, 3268, 3269].map((port) => [port, true])),
        ]),
      ),
      clockSkewSeconds: 0,
      findings: [],
    });
  });

  describe('writes down what a command has made', () => {
    const makes = { kind: 'forwarder-on-premises', key: directoryName };
    const item = `forwarder-on-premises#${directoryName}`;

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

  describe('where the command never came to its node', () => {
    const makes = { kind: 'half-on-premises', key: directoryName } as const;
    const item = `half-on-premises#${directoryName}`;
    const creation = { ...half, SelectiveAuthentication: 'false', SecretArn: secretArn, Action: 'create' };

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

  describe('where the script finds what somebody else has made', () => {
    const forwarder = { kind: 'forwarder-on-premises', key: directoryName };
    const makes = { kind: 'half-on-premises', key: directoryName } as const;
    const item = `half-on-premises#${directoryName}`;
    const creation = { ...half, SelectiveAuthentication: 'false', SecretArn: secretArn, Action: 'create' };

    /** What awaits a command that is to make a half, where one of another direction was made by hand. */
    const foreign = async () => {
      const prepared = await prepare();
      const { account, forest, send } = prepared;
      await account.ledger.making('half-on-premises', directoryName);
      forest.halves.set(directoryName, { ...outgoing, direction: 'Outbound', password: 'secret' });
      return { ...prepared, input: { ...(await send('create-trust', creation)), makes } };
    };

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
        for (const position of [0, 1, 2, 3]) {
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

  describe('of a command that was sent twice', () => {
    const makes = { kind: 'half-on-premises', key: directoryName } as const;
    const creation = { ...half, SelectiveAuthentication: 'false', SecretArn: secretArn, Action: 'create' };

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
    });
  });

  it('judges a domain controller by what is expected of it', async () => {
    const { result, account } = await prepare();
    account.controller.clockSkewSeconds = 400;
    account.forest.closedPorts.add(445);
    const directory = { name: directoryName, shortName: 'AWS', dnsIpAddresses: addresses };

    await expect(
      result('check-domain-controller', network, { ...onPremises, trust: outgoing, directory }),
    ).rejects.toMatchObject({
      name: 'PreflightFailed',
      message: [
        'The domain controller mi-0a1b2c3d4e5f60718 is not ready for the trust. Mend this, then redrive the execution:',
        ...addresses.map(
          (address) =>
            `- The domain controller does not reach the directory at ${address} on TCP 445 (SMB, over which the trust is made): the company's firewall, the routes, the network ACLs and the directory's security group must let them through.`,
        ),
        "- The clock differs from the directory's by 400 seconds, and Kerberos allows 300. Synchronise the company's domain controllers with a reliable time source.",
      ].join('\n'),
    });
  });

  it('returns warnings among the findings, and tells them after the errors where there are any', async () => {
    const facts = {
      status: 'done',
      domainName: 'corp.example.com',
      shortName: 'CORP',
      forestRootDomain: 'corp.example.com',
      isDomainController: true,
      forestMode: 'Windows2016Forest',
      site: 'Frankfurt',
      secretsTool: true,
      nullSessionPipes: ['netlogon', 'samr', 'lsarpc'],
      usersWithoutPreauthentication: 0,
      half: null,
      forwarder: null,
      names: {},
      ports: {},
      clockSkewSeconds: null,
    };
    const expected = { ...onPremises, trust: outgoing, directory: null };
    const document = 'check-domain-controller';

    await expect(judged(printed(facts), document, expected)).resolves.toMatchObject({
      site: 'Frankfurt',
      findings: [{ level: 'warning', code: 'other-site-name' }],
    });
    await expect(judged(printed({ ...facts, secretsTool: false }), document, expected)).rejects.toMatchObject(
      {
        name: 'PreflightFailed',
        message: expect.stringMatching(
          /redrive the execution:\n- Neither Get-SEC.*\n- Beside that: The domain controller's site/,
        ),
      },
    );
  });

  it('waits while Systems Manager does not know the command, and while it runs', async () => {
    const { send, account } = await prepare();
    const input = await send('confirm-trust', half);

    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `Systems Manager does not know yet of the command ${input.commandId} on ${managedNodeId}.`,
    });
    await account.seconds(3);
    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The command ${input.commandId} (confirm-trust on ${managedNodeId}) is In Progress.`,
    });
  });

  it.each([
    [{ Status: 'Pending', StatusDetails: 'Pending' }, 'Pending'],
    [{ Status: 'Delayed', StatusDetails: 'Delayed' }, 'Delayed'],
    [{ Status: 'Cancelling', StatusDetails: 'Cancelling' }, 'Cancelling'],
    [{ Status: 'InProgress' }, 'InProgress'],
    [{}, 'without a status'],
  ])('waits at %j', async (invocation, details) => {
    await expect(judged(invocation)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(new RegExp(` is ${details}\\.$`)),
    });
  });

  it('waits for a node that is down, and says so once the command has expired', async () => {
    const { send, account } = await prepare();
    account.controller.up = false;
    const input = await send('confirm-trust', half);
    await account.seconds(300);
    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({ name: 'NotReady' });
    await account.seconds(600);

    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringMatching(
        /ended without a result: Delivery Timed Out\. The node did not take it in time.*redrive/,
      ),
    });
  });

  it.each([
    ['TimedOut', 'Execution Timed Out', /did not end in time: look on the node/],
    ['Failed', 'Undeliverable', /The node cannot be reached/],
    ['Failed', 'Terminated', /It was stopped/],
    ['Cancelled', 'Canceled', /Somebody cancelled it/],
    ['Cancelled', undefined, /Cancelled\. Somebody cancelled it/],
    ['Failed', 'Invalid Platform', /no Windows machine/],
    ['Failed', 'Access Denied', /allow ssm:SendCommand/],
    ['Failed', 'Rate Exceeded', /too many commands/],
    ['Failed', 'No Instances In Tag', /No node was meant/],
    ['Failed', 'Incomplete', /look in Fleet Manager/],
    ['TimedOut', 'Something New', /Something New\. Look at the command in Systems Manager/],
    ['TimedOut', 'constructor', /constructor\. Look at the command/],
  ])('explains the end as %s, %s', async (Status, StatusDetails, message) => {
    await expect(judged({ Status, StatusDetails })).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringMatching(message),
    });
  });

  it('says what the script says where it failed', async () => {
    const { result, forest } = await prepare();
    forest.forwarders.clear();
    const parameters = { ...half, SelectiveAuthentication: 'false', SecretArn: secretArn, Action: 'create' };

    await expect(result('create-trust', parameters)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringMatching(
        /^The command [0-9a-f-]+ \(create-trust on mi-0a1b2c3d4e5f60718\) failed \(domain-not-found\): The specified domain aws\.example\.com .*Check the forwarder/,
      ),
    });
  });

  it('is a conflict where the script says so', async () => {
    const { result, forest } = await prepare();
    forest.forwarders.set(directoryName, ['10.99.0.1']);

    await expect(result('forward-dns', network)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(
        /^A conditional forwarder for aws\.example\.com exists and forwards to 10\.99\.0\.1 instead of/,
      ),
    });
    expect(forest.forwarders.get(directoryName)).toEqual(['10.99.0.1']);
  });

  it('reads only the last line, and what it does not know it leaves out', async () => {
    const line = JSON.stringify({ status: 'done', half: inbound, changed: true, other: 1 });

    await expect(judged(printed(`WARNING: {"half":1}\r\n\r\n${line}\r\n`))).resolves.toEqual({
      half: inbound,
      changed: true,
    });
  });

  it.each([
    ['nothing', printed(''), /ended as Success with exit code 0 .* It printed nothing\./],
    ['nothing that AWS shows', { Status: 'Success' }, /It printed nothing\./],
    ['words', printed('Access is denied.'), /It printed at last: Access is denied\. Look at the command/],
    [
      'half a result',
      printed('{"status":"done","half":{"dire\n--output truncated--'),
      /--output truncated--/,
    ],
    [
      'another result',
      printed({ status: 'done', forwarder: [] }),
      /It printed at last: \{"status":"done","forwarder":\[\]\}/,
    ],
    [
      'its result, and failed',
      { ...printed({ status: 'done', half: inbound, changed: true }, 'Failed'), ResponseCode: 3010 },
      /ended as Failed with exit code 3010/,
    ],
    [
      'its errors',
      {
        ...printed('Begin', 'Failed'),
        StandardErrorContent: `${'x'.repeat(500)}\u001b[31m\r\nThe term is unknown.`,
      },
      /at last: x{150,190} \[31m The term is unknown\. Look/,
    ],
    ['its errors alone', { Status: 'Failed', StandardErrorContent: 'Bad.' }, /It printed at last: Bad\./],
  ])('fails where the script printed %s', async (_what, invocation, message) => {
    const error = await judged(invocation).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CommandFailed', message: expect.stringMatching(message) });
    expect(String(error).length).toBeLessThan(700);
  });

  it('fails with what AWS refuses', async () => {
    await expect(judged(new ServiceError('InvalidCommandId', 'No.'))).rejects.toMatchObject({
      name: 'CommandFailed',
      message: 'InvalidCommandId: No.',
    });
  });

  it.each(Object.entries(mishaps))('returns the same at %s', async (_name, mishap) => {
    const { send, account } = await prepare();
    account.forest.halves.set(directoryName, { ...outgoing, direction: 'Inbound', password: 'secret' });
    const input = await send('confirm-trust', half);
    await account.seconds(60);
    account.disturb(at(0, mishap));

    await expect(account.settle(awaitCommand, input)).resolves.toEqual({ half: inbound, verified: null });
  });
});
