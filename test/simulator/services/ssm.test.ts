import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandsCommand,
  type ListCommandsCommandInput,
  ListDocumentsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { managedNodeId } from '../../support/company.ts';
import { companyAccount, start } from '../../support/company-account.ts';

const DocumentName = 'forestbridge-forward-dns';
const Parameters = {
  DirectoryName: ['aws.example.com'],
  DirectoryDnsIpAddresses: ['10.0.0.4,10.0.1.4'],
  MayChange: ['false'],
};
const wanted: SendCommandCommandInput = {
  DocumentName,
  InstanceIds: [managedNodeId],
  Parameters,
  Comment: 'orders-1 forward-dns 0',
  TimeoutSeconds: 600,
};

const prepare = () => {
  const account = companyAccount();
  const { ssm, seconds, world } = account;
  const show = (CommandId: string, InstanceId = managedNodeId) =>
    ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
  return {
    ...account,
    show,
    hash: world.commands.documents.get(DocumentName)?.hash ?? '',
    send: async (difference: object = {}): Promise<string> => {
      const { Command } = await ssm.send(new SendCommandCommand({ ...wanted, ...difference }));
      return Command?.CommandId ?? '';
    },
    list: (input: ListCommandsCommandInput = {}) => ssm.send(new ListCommandsCommand(input)),
    /** The statuses of a command's invocation within that time, each told once. */
    statuses: async (id: string, count: number, step = 1) => {
      const seen: (string | undefined)[] = [];
      for (let second = 0; second < count; second += step) {
        const status = await show(id).then(
          ({ StatusDetails }) => StatusDetails,
          (error: unknown) => (error instanceof Error ? error.name : ''),
        );
        if (seen.at(-1) !== status) seen.push(status);
        await seconds(step);
      }
      return seen;
    },
  };
};

describe('a command', () => {
  it('is unknown at first, then goes its way to the result of its script', async () => {
    const { send, show, statuses, forest } = prepare();
    const id = await send();
    const way = await statuses(id, 20);

    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(way.filter((status) => status !== 'Pending')).toEqual([
      'InvocationDoesNotExist',
      'In Progress',
      'Success',
    ]);
    const { StandardOutputContent = '', ...ended } = await show(id);
    expect(ended).toMatchObject({
      CommandId: id,
      InstanceId: managedNodeId,
      DocumentName,
      Comment: 'orders-1 forward-dns 0',
      Status: 'Success',
      ResponseCode: 0,
      StandardErrorContent: '',
    });
    expect(JSON.parse(StandardOutputContent)).toEqual({
      status: 'done',
      forwarder: ['10.0.0.4', '10.0.1.4'],
      changed: true,
    });
    expect([...forest.forwarders]).toEqual([['aws.example.com', ['10.0.0.4', '10.0.1.4']]]);
  });

  it('has not run before its time', async () => {
    const { send, show, seconds, forest } = prepare();
    const id = await send();
    await seconds(3);

    expect(await show(id)).toMatchObject({ ResponseCode: -1, StandardOutputContent: '' });
    expect(forest.forwarders.size).toBe(0);
  });

  it('fails with what its script says', async () => {
    const { send, show, seconds } = prepare();
    const id = await send({
      DocumentName: 'forestbridge-confirm-trust',
      Parameters: {
        DirectoryName: ['aws.example.com'],
        Direction: ['Inbound'],
        TrustType: ['Forest'],
      },
    });
    await seconds(20);

    const { StandardOutputContent = '', ...ended } = await show(id);
    expect(ended).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: 1 });
    expect(JSON.parse(StandardOutputContent)).toMatchObject({ status: 'failed', reason: 'half-missing' });
  });

  it('waits for a node that is down, and runs once it is up', async () => {
    const { send, show, statuses, controller, seconds } = prepare();
    controller.up = false;
    const id = await send();

    expect((await statuses(id, 120, 5)).slice(-1)).toEqual(['Delayed']);
    expect(await show(id)).toMatchObject({ Status: 'Delayed', ResponseCode: -1 });
    controller.up = true;
    await seconds(90);
    expect(await show(id)).toMatchObject({ Status: 'Success' });
  });

  it('expires once its delivery and its script have had their time', async () => {
    const { send, show, controller, seconds, forest } = prepare();
    controller.up = false;
    const id = await send();

    // 600 seconds of the command and 120 of the document.
    await seconds(719);
    expect(await show(id)).toMatchObject({ Status: 'Delayed' });
    await seconds(1);
    expect(await show(id)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'Delivery Timed Out' });
    controller.up = true;
    await seconds(120);
    expect(await show(id)).toMatchObject({ Status: 'TimedOut' });
    expect(forest.forwarders.size).toBe(0);
  });

  it('takes an hour to be delivered where it says nothing else', async () => {
    const { send, show, controller, seconds } = prepare();
    controller.up = false;
    const id = await send({ TimeoutSeconds: undefined });

    await seconds(3719);
    expect(await show(id)).toMatchObject({ Status: 'Delayed' });
    await seconds(1);
    expect(await show(id)).toMatchObject({ Status: 'TimedOut' });
  });

  it('is known to nobody else', async () => {
    const { send, show, seconds } = prepare();
    const id = await send();
    await seconds(5);

    for (const call of [() => show(id, 'i-00000000'), () => show('00000000-0000-0000-0000-000000000000')])
      await expect(call()).rejects.toMatchObject({ name: 'InvocationDoesNotExist' });
  });
});

describe('SendCommand', () => {
  it('takes a document pinned by version and hash', async () => {
    const { send, hash } = prepare();

    for (const DocumentVersion of ['1', '$DEFAULT', '$LATEST'])
      await expect(
        send({ DocumentVersion, DocumentHash: hash, DocumentHashType: 'Sha256' }),
      ).resolves.not.toBe('');
  });

  it('does not know a command by what it says', async () => {
    const { send, world } = prepare();

    expect(await send()).not.toBe(await send());
    expect(world.commands.all).toHaveLength(2);
  });

  it.each([
    ['InvalidDocument', /does not exist/, { DocumentName: 'forestbridge-none' }],
    ['InvalidDocument', /hash/, { DocumentHash: '0'.repeat(64) }],
    ['InvalidDocumentVersion', /version/, { DocumentVersion: '2' }],
    [
      'InvalidInstanceId',
      /^Instances \[\[i-0123456789abcdef0]] not in a valid state for account 111122223333$/,
      { InstanceIds: ['i-0123456789abcdef0'] },
    ],
    ['InvalidParameters', /Extra is not declared/, { Parameters: { ...Parameters, Extra: ['x'] } }],
    ['InvalidParameters', /DirectoryName is required/, { Parameters: {} }],
    [
      'InvalidParameters',
      /DirectoryName does not match/,
      { Parameters: { ...Parameters, DirectoryName: ['aws.example.com"; calc'] } },
    ],
    ['ValidationException', /at 'comment'/, { Comment: 'x'.repeat(101) }],
    ['ValidationException', /'29' at 'timeoutSeconds'/, { TimeoutSeconds: 29 }],
  ])('answers %s, %s', async (name, message, difference) => {
    const { send, world } = prepare();

    await expect(send(difference)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(world.commands.all).toEqual([]);
  });

  it('lets through what a document allows, and nothing beside it', async () => {
    const { send, world } = prepare();
    const document = (parameters: object) =>
      JSON.stringify({ parameters, mainSteps: [{ inputs: { timeoutSeconds: 60 } }] });
    const content = document({ Kind: { allowedValues: ['one', 'two'], default: 'one' } });
    world.commands.documents.set('kinds', { name: 'kinds', content, hash: '' });
    const ask = (parameters: object) => send({ DocumentName: 'kinds', Parameters: parameters });

    await expect(ask({})).resolves.not.toBe('');
    await expect(ask({ Kind: ['two'] })).resolves.not.toBe('');
    await expect(ask({ Kind: ['three'] })).rejects.toMatchObject({
      name: 'InvalidParameters',
      message: expect.stringContaining('none of one, two'),
    });
    await expect(ask({ Kind: [] })).rejects.toMatchObject({ name: 'InvalidParameters' });
  });
});

describe('ListCommands', () => {
  it('finds a command by its document, newest first, page by page', async () => {
    const { send, list, seconds } = prepare();
    const first = await send();
    await seconds(1);
    const second = await send({ Comment: undefined });
    await send({
      DocumentName: 'forestbridge-confirm-trust',
      Parameters: { DirectoryName: ['aws.example.com'], Direction: ['Inbound'], TrustType: ['Forest'] },
    });
    const Filters = [{ key: 'DocumentName' as const, value: DocumentName }];

    const page = await list({ Filters, MaxResults: 1 });
    const next = await list({ Filters, MaxResults: 1, NextToken: page.NextToken });
    expect(page.Commands).toMatchObject([{ CommandId: second, Comment: '' }]);
    expect(next.Commands).toMatchObject([
      {
        CommandId: first,
        DocumentName,
        Comment: 'orders-1 forward-dns 0',
        InstanceIds: [managedNodeId],
        Parameters,
        RequestedDateTime: new Date(start),
      },
    ]);
    expect(next.NextToken).toBeUndefined();
    expect((await list()).Commands).toHaveLength(3);
    expect((await list({ CommandId: first })).Commands).toHaveLength(1);
  });

  it('knows by its node only what has been sent there', async () => {
    const { send, list, seconds } = prepare();
    await send();
    const onNode = async (InstanceId: string) => (await list({ InstanceId })).Commands?.length;

    expect(await onNode(managedNodeId)).toBe(0);
    await seconds(3);
    expect([await onNode(managedNodeId), await onNode('i-0123456789abcdef0')]).toEqual([1, 0]);
  });

  it('calls a command In Progress whose node is waited for', async () => {
    const { send, list, controller, seconds } = prepare();
    controller.up = false;
    await send();
    await seconds(30);

    expect((await list()).Commands).toMatchObject([{ Status: 'InProgress', StatusDetails: 'In Progress' }]);
  });

  it.each([
    ['InvalidNextToken', { NextToken: 'x' }],
    ['InvalidFilterKey', { Filters: [{ key: 'Status' as const, value: 'Success' }] }],
  ])('answers %s', async (name, input) => {
    await expect(prepare().list(input)).rejects.toMatchObject({ name });
  });
});

describe('DescribeInstanceInformation', () => {
  it('shows the managed nodes, and whether they are there', async () => {
    const { ssm, controller, forest } = prepare();
    forest.domainControllers.push({
      ...controller,
      managedNodeId: 'i-0123456789abcdef0',
      address: '10.20.0.11',
    });
    controller.up = false;
    const nodes = async (Filters?: { Key: string; Values: string[] }[]) =>
      (await ssm.send(new DescribeInstanceInformationCommand({ ...(Filters && { Filters }) })))
        .InstanceInformationList;

    expect(await nodes()).toMatchObject([
      {
        InstanceId: managedNodeId,
        PingStatus: 'ConnectionLost',
        AgentVersion: '3.3.2958.0',
        PlatformType: 'Windows',
        ResourceType: 'ManagedInstance',
        IPAddress: '10.20.0.10',
      },
      { InstanceId: 'i-0123456789abcdef0', PingStatus: 'Online', ResourceType: 'EC2Instance' },
    ]);
    expect(await nodes([{ Key: 'InstanceIds', Values: [managedNodeId] }])).toHaveLength(1);
    expect(await nodes([{ Key: 'InstanceIds', Values: ['mi-00000000000000000'] }])).toEqual([]);
    await expect(nodes([{ Key: 'PingStatus', Values: ['Online'] }])).rejects.toMatchObject({
      name: 'InvalidFilterKey',
    });
  });

  it('knows no operation that it has not', async () => {
    await expect(prepare().ssm.send(new ListDocumentsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
