import {
  GetCommandInvocationCommand,
  ListCommandsCommand,
  type ListCommandsCommandInput,
  SendCommandCommand,
  type SendCommandCommandInput,
} from '@aws-sdk/client-ssm';
import { managedNodeId } from './company.ts';
import { companyAccount } from './company-account.ts';

export const DocumentName = 'forestbridge-forward-dns';
export const Parameters = {
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

/** An account whose node runs documents. */
export const commandAccount = () => {
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
