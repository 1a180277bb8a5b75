import { describe, expect, it } from 'vitest';
import { loadStateMachine } from '../../../../simulator/states/definition/load.ts';
import { expectOneProblem, parallel, pass, problemsOf } from '../../../support/definitions.ts';
import { block, definition, type Fields, task } from '../../../support/state-machines.ts';

const each = (states: Fields, more: Fields = {}): Fields => ({
  Type: 'Map',
  ItemProcessor: block(states),
  End: true,
  ...more,
});

describe('loadStateMachine', () => {
  it('takes a machine that uses everything', () => {
    const text = definition(
      {
        Look: task('Look', {
          TimeoutSeconds: '{% $states.input.limit %}',
          Retry: [
            {
              ErrorEquals: ['NotReady'],
              IntervalSeconds: 5,
              MaxAttempts: 0,
              BackoffRate: 1,
              JitterStrategy: 'FULL',
            },
            { ErrorEquals: ['States.ALL'], MaxDelaySeconds: 9 },
          ],
          Catch: [
            { ErrorEquals: ['States.ALL'], Assign: { why: '{% $states.errorOutput %}' }, Next: 'Which' },
          ],
          Assign: { seen: '{% $states.result.Payload %}' },
          Next: 'Which',
        }),
        Which: {
          Type: 'Choice',
          Choices: [
            { Condition: '{% $exists($seen) %}', Assign: { way: 1 }, Next: 'Rest' },
            { Condition: '{% $exists($why) %}', Next: 'Broken' },
          ],
          Default: 'Enough',
        },
        Rest: { Type: 'Wait', Timestamp: '2026-01-01T00:00:00Z', Next: 'Both' },
        Both: parallel(
          {
            Inner: task('Inner', {
              Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
              Arguments: {
                FunctionName: 'Inner',
                Payload: { token: '{% $states.context.Task.Token %}', way: '{% $way %}' },
              },
              HeartbeatSeconds: 10,
              TimeoutSeconds: 11,
            }),
          },
          { Assign: { both: '{% $states.result %}' }, Next: 'Every' },
        ),
        Every: each(
          {
            One: pass({
              Output: '{% $states.context.Map.Item.Value & $states.context.Execution.Input.x %}',
              End: true,
            }),
          },
          {
            Items: '{% $both ~> $map(function($v, $i) { {"v": $v, "i": $i} }) %}',
            ItemSelector: { item: '{% $states.context.Map.Item.Index %}' },
            MaxConcurrency: 2,
          },
        ),
        Broken: { Type: 'Fail', Error: 'Broken', Cause: '{% $why.Cause %}' },
        Enough: { Type: 'Succeed' },
      },
      { Comment: 'everything', TimeoutSeconds: 60 },
    );
    expect(problemsOf(text)).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', '/: it is not JSON'],
    ['no states', '{"QueryLanguage":"JSONata","StartAt":"A"}', '/States: '],
    [
      'JSONPath',
      definition({ A: pass() }, { QueryLanguage: 'JSONPath' }),
      "/QueryLanguage: must be 'JSONata'",
    ],
    [
      'a state in JSONPath',
      definition({ A: pass({ QueryLanguage: 'JSONPath', End: true }) }),
      '/States/A/QueryLanguage: ',
    ],
    [
      'an unknown field',
      definition({ A: pass({ Nxt: 'B', End: true }) }),
      '/States/A/Nxt: is not a field here',
    ],
    [
      'a field of JSONPath',
      definition({ A: pass({ ResultPath: '$.a', End: true }) }),
      '/States/A/ResultPath: is a field of JSONPath',
    ],
    ['an unknown type', definition({ A: { Type: 'Tsak' } }), '/States/A/Type: '],
    [
      'an unknown resource',
      definition({ A: task('F', { Resource: 'arn:aws:states:::sqs:sendMessage' }) }),
      '/States/A/Resource: ',
    ],
    [
      'a Distributed Map',
      definition({
        A: each(
          { B: pass() },
          { ItemProcessor: { ...block({ B: pass() }), ProcessorConfig: { Mode: 'DISTRIBUTED' } } },
        ),
      }),
      '/States/A/ItemProcessor/ProcessorConfig/Mode: must be INLINE',
    ],
  ])('refuses %s', (_, text, problem) => expectOneProblem(text, problem));

  it('lists every problem at once', () => {
    const text = definition({
      A: pass({ Output: '{% $x %}', Next: 'C' }),
      B: task('F', { Retry: [{ ErrorEquals: ['States.ALL', 'X'] }], HeartbeatSeconds: 9, TimeoutSeconds: 8 }),
    });
    expect(problemsOf(text).map((problem) => problem.split(':')[0])).toEqual([
      '/States/A/Next',
      '/States/B',
      '/States/B/Retry/0/ErrorEquals',
      '/States/B/HeartbeatSeconds',
      '/States/A/Output',
    ]);
  });

  it('takes no more than 1 MiB', () => {
    const text = definition({ A: pass({ Comment: 'x'.repeat(2 ** 20), End: true }) });
    expect(problemsOf(text)).toEqual(['/: it is larger than 1 MiB']);
  });

  it('says all of them in its message', () => {
    const text = definition({ A: pass({ Foo: 1, Bar: 2, End: true }) });
    expect(() => loadStateMachine(text)).toThrow(/Foo.*Bar/);
  });
});
