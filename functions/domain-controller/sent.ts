import { paginateListCommands, type SSMClient } from '@aws-sdk/client-ssm';

/** The most commands that ListCommands gives at once. */
const pageSize = 50;

/** The commands that were sent with that document and comment since that moment, the latest first. */
export async function* commandsSent(
  ssm: SSMClient,
  documentName: string,
  comment: string,
  since: Date,
): AsyncGenerator<string> {
  // Not by the node: a command that has not reached it yet is not listed there.
  const Filters = [
    { key: 'DocumentName' as const, value: documentName },
    { key: 'InvokedAfter' as const, value: `${since.toISOString().slice(0, 19)}Z` },
  ];
  for await (const { Commands = [] } of paginateListCommands({ client: ssm, pageSize }, { Filters }))
    for (const { CommandId, Comment } of Commands)
      if (Comment === comment && CommandId !== undefined) yield CommandId;
}
