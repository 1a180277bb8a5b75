import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { needs } from './needs.ts';

describe('What CloudFormation needs', () => {
  const world = new World(new VirtualClock(0), 1);
  const { stack } = world.stacks.create({
    name: 'SC-111122223333-pp-mycpuogt2i45s',
    roleArn: 'arn:aws:iam::111122223333:role/forestbridge-launch',
    template: '{"Resources":{"WaitHandle":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}',
    parameters: new Map(),
    tags: new Map(),
  });
  const other = stack.id.replace(/[^/]+$/, '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0');

  it.each([
    [{ StackName: stack.name }, stack.id],
    [{ StackName: stack.id }, stack.id],
    [{ StackName: other }, other],
    [{}, '*'],
  ])('to describe %j: the stack', (input, arn) => {
    expect(needs(world, 'cloudformation', 'DescribeStacks', input)).toEqual([
      `cloudformation:DescribeStacks on ${arn.replace('arn:aws:', '').replace(':eu-central-1:111122223333:', ':')}`,
    ]);
  });
});
