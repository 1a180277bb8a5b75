import type * as sdk from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Stack, StackEvent } from '../world/stacks/stack.ts';
import type { Stacks } from '../world/stacks.ts';
import { required } from './required.ts';

const known = (stacks: Stacks, nameOrId: string): Stack => {
  const stack = stacks.find(nameOrId);
  if (stack === undefined)
    throw new ServiceError('ValidationError', `Stack with id ${nameOrId} does not exist`);
  return stack;
};

const described = (stack: Stack): sdk.Stack => ({
  StackId: stack.id,
  StackName: stack.name,
  RoleARN: stack.roleArn,
  Description: stack.version.template.Description,
  CreationTime: new Date(stack.createdAt),
  LastUpdatedTime: stack.updatedAt === null ? undefined : new Date(stack.updatedAt),
  StackStatus: stack.status,
  StackStatusReason: stack.reason ?? undefined,
  Parameters: [...stack.version.parameters].map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  })),
  Outputs: stack.outputs.map(({ key, value, description }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description ?? undefined,
  })),
  Tags: [...stack.tags].map(([Key, Value]) => ({ Key, Value })),
});

/** AWS's model lacks the statuses of cleaning up, which AWS sends all the same. */
const resourceStatus = z.custom<sdk.ResourceStatus>();

const eventOf = ({ id: StackId, name: StackName }: Stack, event: StackEvent): sdk.StackEvent => ({
  StackId,
  StackName,
  EventId: event.id,
  Timestamp: new Date(event.at),
  LogicalResourceId: event.logicalId,
  PhysicalResourceId: event.physicalId,
  ResourceType: event.type,
  ResourceStatus: resourceStatus.parse(event.status),
  ResourceStatusReason: event.reason ?? undefined,
});

/** CloudFormation, as far as it tells of stacks; Service Catalog makes them. */
export const cloudFormation = (stacks: Stacks): Operations<typeof sdk> => ({
  DescribeStacks({ StackName }) {
    const asked = StackName === undefined ? stacks.all : [known(stacks, StackName)];
    const shown = asked.filter(({ status }) => StackName !== undefined || status !== 'DELETE_COMPLETE');
    return { Stacks: shown.map(described) };
  },

  DescribeStackEvents({ StackName }) {
    const stack = known(stacks, required(StackName, 'StackName'));
    return { StackEvents: stack.events.toReversed().map((event) => eventOf(stack, event)) };
  },
});
