import { describe, expect, it } from 'vitest';
import { put } from '../../../../functions/support/put.ts';
import type { Stack } from '../../../../simulator/world/stacks/stack.ts';
import { made, shop, stackAccount, textIn } from '../../../support/stack-account.ts';

const failed = { Status: 'FAILED', Reason: 'No room.' };
const told = ({ events }: Stack, logicalId: string) =>
  events.filter((event) => event.logicalId === logicalId).map(({ status }) => status);
const statusOf = async (to: string, options: object) => (await fetch(to, options)).status;
const reasons = ({ events }: Stack) =>
  events.flatMap(({ status, reason }) => (status.endsWith('FAILED') ? [reason] : []));
const version = (template: object, parameters: Readonly<Record<string, string>> = {}) => ({
  template: JSON.stringify(template),
  parameters: new Map(Object.entries(parameters)),
});

const sized = {
  Parameters: { Size: { Type: 'Number' } },
  Resources: {
    Thing: made({ Size: { Ref: 'Size' } }),
    Sign: made({ Text: { 'Fn::GetAtt': ['Thing', 'Name'] } }),
  },
  Outputs: { Name: { Value: { 'Fn::GetAtt': ['Sign', 'Name'] }, Description: 'What it is called' } },
};

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

  it('waits an hour for an answer, and no longer than it is told to', async () => {
    const { create, world } = stackAccount(() => null);
    const begin = world.clock.now();

    const stack = await create({ Resources: { Thing: made({ ServiceTimeout: 600 }) } });
    const seconds = (world.clock.now() - begin) / 1000;

    expect(stack.status).toBe('ROLLBACK_FAILED');
    expect(reasons(stack)[0]).toMatch(
      /^CloudFormation did not receive a response from your Custom Resource\./,
    );
    expect(seconds).toBeGreaterThan(1200);
    expect(seconds).toBeLessThan(1220);
    await expect(create({ Resources: { Thing: made() } })).rejects.toThrow(/already exists/);
  });

  it.each([
    ['no JSON', '<html/>', 'Response is not valid JSON'],
    ['too long', { Data: { Name: 'x'.repeat(4096) } }, 'Response object is too long.'],
    ['an unknown status', { Status: 'DONE' }, 'Invalid Response object: Value of property Status'],
    ['the answer to another request', { RequestId: 'x' }, 'it is the answer to another request'],
    ['an answer without an id', { PhysicalResourceId: undefined }, 'Invalid PhysicalResourceId'],
  ])('takes no %s for an answer', async (_what, answer, reason) => {
    const { create } = stackAccount(({ RequestType }) => (RequestType === 'Create' ? answer : {}));

    const stack = await create({ Resources: { Thing: made() } });

    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(reasons(stack)[0]).toContain(reason);
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

  it('takes the first of two answers where Lambda delivers twice', async () => {
    let count = 0;
    const { create, stacks, statuses, events } = stackAccount(() => {
      count += 1;
      return { Data: { Name: String(count) } };
    });
    stacks.deliveries = 2;

    const stack = await create({
      Resources: { Thing: made() },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Thing', 'Name'] } } },
    });

    expect(events[0]).toEqual(events[1]);
    expect(stack.outputs).toMatchObject([{ value: '1' }]);
    expect(statuses).toEqual([200, 200]);
  });

  it('repeats a function that fails, after one minute and after two more', async () => {
    let failures = 2;
    const { create, world, events } = stackAccount(() => {
      failures -= 1;
      if (failures >= 0) throw new Error('Not now.');
      return {};
    });
    const begin = world.clock.now();

    const stack = await create({ Resources: { Thing: made() } });

    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(events).toHaveLength(3);
    expect(Math.round((world.clock.now() - begin) / 60_000)).toBe(3);
  });

  it('hears only what is put as its URL was signed', async () => {
    const { create, stacks } = stackAccount(async ({ ResponseURL: url }) => {
      expect(await statusOf(url, { method: 'PUT', body: 'text' })).toBe(403);
      expect(await statusOf(url, { method: 'POST' })).toBe(403);
      expect(await put(url.replace(/.$/, 'z'), '{}')).toBe(403);
      expect(await put(url.replace('shop', 'shed'), '{}')).toBe(403);
      expect(await put(url, '{}')).toBe(503);
      return {};
    });
    stacks.urls.failures = 1;

    expect((await create({ Resources: { Thing: made() } })).status).toBe('CREATE_COMPLETE');
  });
});

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

describe('a deletion', () => {
  it('that a resource refuses can be tried again', async () => {
    let refusals = 1;
    const { create, stacks, asked } = stackAccount(({ RequestType }) => {
      if (RequestType !== 'Delete' || refusals === 0) return {};
      refusals -= 1;
      return failed;
    });
    const stack = await create({ Resources: { First: made(), Second: made({ Of: { Ref: 'First' } }) } });

    await stacks.delete(stack);
    expect(stack).toMatchObject({
      status: 'DELETE_FAILED',
      reason: 'The following resource(s) failed to delete: [Second].',
    });
    await stacks.delete(stack);

    expect(stack.status).toBe('DELETE_COMPLETE');
    expect(asked().slice(2)).toEqual(['Delete Second', 'Delete Second', 'Delete First']);
  });

  it('waits until nothing else is being done', async () => {
    const { stacks } = stackAccount();
    const { stack, done } = stacks.create({ ...shop, ...version({ Resources: { Thing: made() } }) });

    await expect(async () => stacks.delete(stack)).rejects.toThrow(
      'is in CREATE_IN_PROGRESS state and can not be deleted',
    );
    await done;
  });
});
