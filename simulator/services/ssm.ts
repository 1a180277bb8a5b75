import type * as sdk from '@aws-sdk/client-ssm';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Command, CommandDocument, CommandStatus, Commands } from '../world/commands.ts';
import type { Setting } from '../world/setting.ts';
import { checkParameters, executionTimeout } from './document-parameters.ts';
import { required } from './required.ts';

const details: Record<CommandStatus, string> = {
  Pending: 'Pending',
  InProgress: 'In Progress',
  Delayed: 'Delayed',
  Success: 'Success',
  Failed: 'Failed',
  TimedOut: 'Delivery Timed Out',
};

/** A document never changes here, so every name of a version means the first one. */
const versions = new Set(['1', '$DEFAULT', '$LATEST']);
const longestComment = 100;
const leastTimeout = 30;

/** A command as a whole is never called Delayed, only what becomes of it on a node. */
const asWhole = ({ status }: Command): Exclude<CommandStatus, 'Delayed'> =>
  status === 'Delayed' ? 'InProgress' : status;

const describe = (command: Command): sdk.Command => ({
  CommandId: command.commandId,
  DocumentName: command.documentName,
  Comment: command.comment,
  InstanceIds: [command.managedNodeId],
  Parameters: Object.fromEntries([...command.parameters].map(([name, value]) => [name, [value]])),
  RequestedDateTime: new Date(command.requestedAt),
  Status: asWhole(command),
  StatusDetails: details[asWhole(command)],
});

/** A command that has not been sent to its node yet is not listed by it. */
const isListedAt = ({ managedNodeId, status }: Command, instanceId: string): boolean =>
  managedNodeId === instanceId && status !== 'Pending';

const documentNamed = ({ documents }: Commands, name: string): CommandDocument => {
  const document = documents.get(name);
  if (document === undefined) throw new ServiceError('InvalidDocument', `Document ${name} does not exist.`);
  return document;
};

/** The operations of Systems Manager that Run Command needs. */
export const ssm = (commands: Commands, { accountId }: Setting): Operations<typeof sdk> => ({
  DescribeInstanceInformation({ Filters = [] }) {
    const keys = Filters.map(({ Key }) => Key);
    if (keys.some((key) => key !== 'InstanceIds'))
      throw new ServiceError('InvalidFilterKey', `The filter keys ${keys.join(', ')} are not valid.`);
    const wanted = new Set(Filters.flatMap(({ Values }) => Values ?? []));
    const nodes = commands
      .controllers()
      .filter((node) => Filters.length === 0 || wanted.has(node.managedNodeId));
    return {
      InstanceInformationList: nodes.map((node) => ({
        InstanceId: node.managedNodeId,
        PingStatus: node.up ? 'Online' : 'ConnectionLost',
        AgentVersion: node.agentVersion,
        PlatformType: 'Windows',
        PlatformName: 'Microsoft Windows Server 2022 Datacenter',
        ResourceType: node.managedNodeId.startsWith('mi-') ? 'ManagedInstance' : 'EC2Instance',
        IPAddress: node.address,
      })),
    };
  },

  SendCommand(input) {
    const documentName = required(input.DocumentName, 'DocumentName');
    const managedNodeId = required(input.InstanceIds?.[0], 'InstanceIds');
    const document = documentNamed(commands, documentName);
    if (!versions.has(input.DocumentVersion ?? '$DEFAULT'))
      throw new ServiceError('InvalidDocumentVersion', `Document ${documentName} has no such version.`);
    if (input.DocumentHash !== undefined && input.DocumentHash !== document.hash)
      throw new ServiceError('InvalidDocument', `The hash is not that of document ${documentName}.`);
    const node = commands.controllers().find((controller) => controller.managedNodeId === managedNodeId);
    if (node === undefined)
      throw new ServiceError(
        'InvalidInstanceId',
        `Instances [[${managedNodeId}]] not in a valid state for account ${accountId}`,
      );
    const comment = input.Comment ?? '';
    if (comment.length > longestComment)
      throw new ServiceError(
        'ValidationException',
        `1 validation error detected: Value '${comment}' at 'comment' failed to satisfy constraint: Member must have length less than or equal to ${longestComment}`,
      );
    const timeout = input.TimeoutSeconds ?? 3600;
    if (timeout < leastTimeout)
      throw new ServiceError(
        'ValidationException',
        `1 validation error detected: Value '${timeout}' at 'timeoutSeconds' failed to satisfy constraint: Member must have value greater than or equal to ${leastTimeout}`,
      );
    const parameters = new Map(
      Object.entries(input.Parameters ?? {}).map(([name, [value = '']]) => [name, value]),
    );
    checkParameters(document.content, parameters);
    const command = commands.send(
      { documentName, managedNodeId, comment, parameters },
      timeout + executionTimeout(document.content),
    );
    return { Command: describe(command) };
  },

  ListCommands({ CommandId, InstanceId, Filters = [], MaxResults = 50, NextToken = '0' }) {
    const unknown = Filters.find(({ key }) => key !== 'DocumentName' && key !== 'InvokedAfter');
    if (unknown !== undefined)
      throw new ServiceError('InvalidFilterKey', `The simulator does not filter commands by ${unknown.key}.`);
    const wanted = commands.all
      .filter(({ documentName, requestedAt }) =>
        Filters.every(({ key, value = '' }) =>
          key === 'DocumentName' ? value === documentName : requestedAt >= Date.parse(value),
        ),
      )
      .filter((command) => CommandId === undefined || command.commandId === CommandId)
      .filter((command) => InstanceId === undefined || isListedAt(command, InstanceId))
      .toReversed();
    if (!/^\d+$/.test(NextToken)) throw new ServiceError('InvalidNextToken', 'The token is not valid.');
    const start = Number(NextToken);
    const end = start + MaxResults;
    return {
      Commands: wanted.slice(start, end).map(describe),
      NextToken: end < wanted.length ? String(end) : undefined,
    };
  },

  GetCommandInvocation({ CommandId, InstanceId }) {
    const command = commands.all.find(({ commandId }) => commandId === CommandId);
    if (command === undefined || command.managedNodeId !== InstanceId || !commands.isKnown(command))
      throw new ServiceError('InvocationDoesNotExist', '');
    return {
      CommandId,
      InstanceId,
      Comment: command.comment,
      DocumentName: command.documentName,
      Status: command.status,
      StatusDetails: details[command.status],
      ResponseCode: command.result?.exitCode ?? -1,
      StandardOutputContent: command.result?.output ?? '',
      StandardErrorContent: '',
    };
  },
});
