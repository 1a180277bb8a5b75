import { describe, expect, it } from 'vitest';
import { put } from '../../../../functions/support/put.ts';
import { failed, made, reasons, stackAccount, textIn, version } from '../../../support/stack-account.ts';

const sized = {
  Parameters: { Size: { Type: 'Number' } },
  Resources: {
    Thing: made({ Size: { Ref: 'Size' } }),
    Sign: made({ Text: { 'Fn::GetAtt': ['Thing', 'Name'] } }),
  },
  Outputs: { Name: { Value: { 'Fn::GetAtt': ['Sign', 'Name'] }, Description: 'What it is called' } },
};

/** One whose updates fail to sizes such as those. */
const answering = (failing: (size: string) => boolean = () => false) =>
  stackAccount((event) => {
    const size = textIn(event, 'Size');
    const isRefused = event.RequestType === 'Update' && failing(size);
    return isRefused ? failed : { Data: { Name: `${event.LogicalResourceId} ${size}` } };
  });

const waiting = (seconds: number) => ({
  Resources: {
    Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    Thing: made({ Url: { Ref: 'Handle' } }),
    Wait: {
      Type: 'AWS::CloudFormation::WaitCondition',
      DependsOn: 'Thing',
      Properties: { Handle: { Ref: 'Handle' }, Timeout: seconds },
    },
  },
});

describe('an update', () => {
  it('asks only where something changes, with what stood before, and follows what comes of it', async () => {
    const { create, stacks, events, asked } = answering();
    const stack = await create(sized, { Size: '1' });
    await expect(async () => stacks.update(stack, version(sized, { Size: '1' }))).rejects.toThrow(
      'No updates are to be performed.',
    );

    await stacks.update(stack, version(sized, { Size: '2' }));

    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(asked()).toEqual(['Create Thing', 'Create Sign', 'Update Thing', 'Update Sign']);
    expect(events[2]).toMatchObject({
      PhysicalResourceId: 'thing',
      ResourceProperties: { Size: '2' },
      OldResourceProperties: { Size: '1' },
    });
    expect(events[3]).toMatchObject({ ResourceProperties: { Text: 'Thing 2' } });
    expect(stack.version.parameters.get('Size')).toBe('2');
  });

  it('that is refused is asked for back, like any other change', async () => {
    const { create, stacks, events } = answering((size) => size === '2');
    const stack = await create(sized, { Size: '1' });

    await stacks.update(stack, version(sized, { Size: '2' }));

    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(events.slice(2)).toMatchObject([
      { ResourceProperties: { Size: '2' }, OldResourceProperties: { Size: '1' } },
      { ResourceProperties: { Size: '1' }, OldResourceProperties: { Size: '2' } },
    ]);
    expect(stack.version.parameters.get('Size')).toBe('1');
    await stacks.update(stack, version(sized, { Size: '3' }));
    expect(stack.status).toBe('UPDATE_COMPLETE');
  });

  it('that cannot be taken back leaves a stack that takes no other', async () => {
    const { create, stacks } = answering(() => true);
    const stack = await create(sized, { Size: '1' });

    await stacks.update(stack, version(sized, { Size: '2' }));

    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(async () => stacks.update(stack, version(sized, { Size: '3' }))).rejects.toThrow(
      'is in UPDATE_ROLLBACK_FAILED state and can not be updated',
    );
  });

  it('adds what is new, and removes what is gone or was replaced', async () => {
    const { create, stacks, asked, events } = stackAccount(({ ResourceProperties: { Name = 'thing' } }) => ({
      PhysicalResourceId: Name,
    }));
    const stack = await create({ Resources: { Thing: made({ Name: 'one' }), Old: made({ Name: 'old' }) } });

    await stacks.update(
      stack,
      version({ Resources: { Thing: made({ Name: 'two' }), New: made({ Name: 'new' }) } }),
    );

    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(asked().slice(2)).toEqual(['Update Thing', 'Create New', 'Delete Old', 'Delete Thing']);
    expect(events.at(-1)).toMatchObject({ PhysicalResourceId: 'one' });
    expect([...stack.resources.keys()]).toEqual(['Thing', 'New']);
  });

  it('of a wait condition is none', async () => {
    const { create, stacks } = stackAccount(async (event) => {
      await put(textIn(event, 'Url'), JSON.stringify({ Status: 'SUCCESS', UniqueId: '1' }));
      return {};
    });
    const stack = await create(waiting(600));
    expect(stack.status).toBe('CREATE_COMPLETE');

    await stacks.update(stack, version(waiting(1200)));

    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasons(stack)).toEqual([
      'Update to resource type AWS::CloudFormation::WaitCondition is not supported.',
    ]);
  });
});
