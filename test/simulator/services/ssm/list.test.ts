import {
  type CommandFilter,
  DescribeInstanceInformationCommand,
  ListDocumentsCommand,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { commandAccount, DocumentName, Parameters } from '../../../support/command-account.ts';
import { managedNodeId } from '../../../support/company.ts';
import { start } from '../../../support/company-account.ts';

const time = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

describe('ListCommands', () => {
  it('finds a command by its document, newest first, page by page', async () => {
    const { send, list, seconds } = commandAccount();
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

  it('finds what was sent at a time or later, also by its document', async () => {
    const { send, list, seconds } = commandAccount();
    await send();
    await seconds(60);
    const second = await send();
    await seconds(60);
    const third = await send();
    const since = async (value: string, ...others: CommandFilter[]) => {
      const { Commands = [] } = await list({ Filters: [{ key: 'InvokedAfter', value }, ...others] });
      return Commands.map(({ CommandId }) => CommandId);
    };

    expect(await since(time(0))).toHaveLength(3);
    expect(await since(time(1))).toEqual([third, second]);
    expect(await since(`${time(1).slice(0, 19)}Z`)).toEqual([third, second]);
    expect(await since(time(1.5))).toEqual([third]);
    expect(await since(time(3))).toEqual([]);
    expect(await since(time(1.5), { key: 'DocumentName', value: DocumentName })).toEqual([third]);
    expect(await since(time(1.5), { key: 'DocumentName', value: 'another' })).toEqual([]);
  });

  it('knows by its node only what has been sent there', async () => {
    const { send, list, seconds } = commandAccount();
    await send();
    const onNode = async (InstanceId: string) => (await list({ InstanceId })).Commands?.length;

    expect(await onNode(managedNodeId)).toBe(0);
    await seconds(3);
    expect([await onNode(managedNodeId), await onNode('i-0123456789abcdef0')]).toEqual([1, 0]);
  });

  it('calls a command In Progress whose node is waited for', async () => {
    const { send, list, controller, seconds } = commandAccount();
    controller.up = false;
    await send();
    await seconds(30);

    expect((await list()).Commands).toMatchObject([{ Status: 'InProgress', StatusDetails: 'In Progress' }]);
  });

  it.each([
    ['InvalidNextToken', { NextToken: 'x' }],
    ['InvalidFilterKey', { Filters: [{ key: 'Status' as const, value: 'Success' }] }],
  ])('answers %s', async (name, input) => {
    await expect(commandAccount().list(input)).rejects.toMatchObject({ name });
  });
});

describe('DescribeInstanceInformation', () => {
  it('shows the managed nodes, and whether they are there', async () => {
    const { ssm, controller, forest } = commandAccount();
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
    await expect(commandAccount().ssm.send(new ListDocumentsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
