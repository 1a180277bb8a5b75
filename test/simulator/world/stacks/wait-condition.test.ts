import { describe, expect, it } from 'vitest';
import { put } from '../../../../functions/support/put.ts';
import { made, stackAccount, textIn } from '../../../support/stack-account.ts';

const template = (condition: object = {}) => ({
  Resources: {
    Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    Thing: made({ Url: { Ref: 'Handle' } }),
    Wait: {
      Type: 'AWS::CloudFormation::WaitCondition',
      DependsOn: 'Thing',
      Properties: { Handle: { Ref: 'Handle' }, Timeout: '43200', ...condition },
    },
  },
  Outputs: { Data: { Value: { 'Fn::GetAtt': ['Wait', 'Data'] } } },
});

interface Signal {
  readonly after: number;
  readonly text: string;
}

const success = (id: string, data: string) => JSON.stringify({ Status: 'SUCCESS', UniqueId: id, Data: data });

/** A stack whose wait condition is signalled so many minutes after its function has answered. */
const signalled = async (signals: readonly Signal[], condition: object = {}) => {
  const { create, world } = stackAccount((event) => {
    const { clock } = world;
    for (const { after, text } of event.RequestType === 'Create' ? signals : [])
      clock.at(clock.now() + after * 60_000, () => void clock.busy(() => put(textIn(event, 'Url'), text)));
    return {};
  });
  const begin = world.clock.now();
  const stack = await create(template(condition));
  const reason = stack.failureSince(0);
  return { stack, reason, minutes: Math.round((world.clock.now() - begin) / 60_000) };
};

describe('a wait condition', () => {
  it('waits until it is signalled, and knows what it was told', async () => {
    const { stack, minutes } = await signalled([{ after: 90, text: success('one', 'all is well') }]);

    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(minutes).toBe(90);
    expect(stack.outputs).toMatchObject([{ key: 'Data', value: '{"one":"all is well"}' }]);
  });

  it('counts each id once', async () => {
    const signals = [
      { after: 1, text: success('one', 'a') },
      { after: 2, text: success('one', 'a') },
      { after: 3, text: success('two', 'b') },
    ];
    const { stack, minutes } = await signalled(signals, { Count: 2 });

    expect(stack.outputs).toMatchObject([{ value: '{"one":"a","two":"b"}' }]);
    expect(minutes).toBe(3);
  });

  it('takes what came before it began', async () => {
    const { create } = stackAccount(async (event) => {
      await put(textIn(event, 'Url'), success('one', ''));
      return {};
    });

    expect((await create(template())).status).toBe('CREATE_COMPLETE');
  });

  it.each([
    [
      'a failure',
      [{ after: 30, text: JSON.stringify({ Status: 'FAILURE', Reason: 'It broke.', UniqueId: 'one' }) }],
      "Wait: WaitCondition received failed message: 'It broke.' for uniqueId: one",
      30,
    ],
    ['what is no signal', [{ after: 5, text: 'done' }], 'Wait: Unparsable WaitCondition data', 5],
    ['nothing', [], 'Wait: WaitCondition timed out. Received 0 conditions when expecting 1', 720],
  ])('fails by %s, and the stack is rolled back', async (_what, signals, expected, after) => {
    const { stack, reason, minutes } = await signalled(signals);

    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toBe(expected);
    expect(minutes).toBe(after);
  });
});
