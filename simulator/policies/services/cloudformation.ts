// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { on, resource } from '../resources.ts';
import type { Rows } from '../rows.ts';

export const cloudFormation: Rows<typeof CloudFormation> = {
  DescribeStacks: ({ StackName = '*' }, { world }) => [
    on('cloudformation:DescribeStacks', resource(world.stacks.find(StackName)?.id ?? StackName)),
  ],
};
