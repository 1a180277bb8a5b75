import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** Whether CloudFormation takes an update of that stack back: what it asks for then looks like any other update. */
export const isRolledBack = async (client: CloudFormationClient, StackName: string): Promise<boolean> => {
  const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  return stacks?.[0]?.StackStatus === 'UPDATE_ROLLBACK_IN_PROGRESS';
};
