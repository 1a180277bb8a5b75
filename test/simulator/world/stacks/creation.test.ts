import { describe, expect, it } from 'vitest';
import type { Stack } from '../../../../simulator/world/stacks/stack.ts';
import { failed, made, reasons, stackAccount } from '../../../support/stack-account.ts';

const told = ({ events }: Stack, logicalId: string) =>
  events.filter((event) => event.logicalId === logicalId).map(({ status }) => status);

describe('a stack', () => {
  it('asks the function as CloudFormation does, and shows what it answers', async () => {
    const { create, events, world } = stackAccount(({ LogicalResourceId }) => ({
      PhysicalResourceId: `${LogicalResourceId}-1`,
      Data: { Name: `the ${LogicalResourceId}` },
    }));
    const resource = {
      Flag: true,
      Many: [1, { Ref: 'List' }],
      Name: { Ref: 'Name' },
      Inner: { Deep: { Ref: 'Other' } },
    };

    const stack = await create(
      {
        Parameters: { Name: { Type: 'String', Default: 'x' }, List: { Type: 'CommaDelimitedList' } },
        Resources: { Thing: made(resource), Other: made() },
        Outputs: { Name: { Value: { 'Fn::GetAtt': ['Thing', 'Name'] } } },
      },
      { List: 'a, b' },
    );

    expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', reason: null });
    expect(stack.outputs).toEqual([{ key: 'Name', value: 'the Thing', description: null }]);
    expect(stack.id).toMatch(/^arn:aws:cloudformation:eu-central-1:111122223333:stack\/shop\/[0-9a-f-]{36}$/);
    expect(events.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Other', 'Thing']);
    expect(events[1]).toEqual({
      RequestType: 'Create',
      ServiceToken: expect.stringContaining(':function:maker'),
      ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\S+&Signature=[0-9a-f]{40}$/),
      StackId: stack.id,
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      LogicalResourceId: 'Thing',
      ResourceType: 'Custom::Thing',
      ResourceProperties: {
        ServiceToken: expect.any(String),
        Flag: 'true',
        Many: ['1', ['a', 'b']],
        Name: 'x',
        Inner: { Deep: 'Other-1' },
      },
    });
    expect(told(stack, 'Thing')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
    expect(world.clock.now() - Date.UTC(2026, 0, 5, 8)).toBeLessThan(10_000);
  });

  it('that cannot be made is rolled back, the last first, and what failed is asked to go as well', async () => {
    const { create, asked, events } = stackAccount(({ LogicalResourceId, RequestType }) =>
      LogicalResourceId === 'Second' && RequestType === 'Create'
        ? { ...failed, PhysicalResourceId: 'half' }
        : {},
    );

    const stack = await create({
      Resources: {
        Second: made({}, { DependsOn: 'First' }),
        First: made(),
        Third: made({}, { DependsOn: ['Second'] }),
      },
    });

    expect(stack).toMatchObject({ status: 'ROLLBACK_COMPLETE', outputs: [] });
    expect(stack.events.find(({ status }) => status === 'ROLLBACK_IN_PROGRESS')?.reason).toBe(
      'The following resource(s) failed to create: [Second]. Rollback requested by user.',
    );
    expect(reasons(stack)).toEqual([
      expect.stringMatching(
        /^Received response status \[FAILED\] from custom resource\. Message returned: No room\. \(RequestId: \S+\)$/,
      ),
    ]);
    expect(asked()).toEqual(['Create First', 'Create Second', 'Delete Second', 'Delete First']);
    expect(events[2]).toMatchObject({ PhysicalResourceId: 'half' });
  });

  it('fails where an output speaks of what no answer had', async () => {
    const { create, stacks } = stackAccount();

    const stack = await create({
      Resources: { Thing: made() },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Thing', 'Name'] } } },
    });

    expect(stack.events.find(({ status }) => status === 'ROLLBACK_IN_PROGRESS')?.reason).toMatch(
      /^CustomResource attribute error: Vendor response doesn't contain Name attribute in object arn:\S+\|Thing/,
    );
    await stacks.delete(stack);
    expect(stack.status).toBe('DELETE_COMPLETE');
    expect(stacks.find('shop')).toBeUndefined();
    expect(stacks.find(stack.id)).toBe(stack);
  });
});
