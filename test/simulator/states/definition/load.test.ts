import { describe, expect, it } from 'vitest';
import { InvalidDefinition } from '../../../../simulator/states/definition/invalid-definition.ts';
import { loadStateMachine } from '../../../../simulator/states/definition/load.ts';
import { block, definition, type Fields, task } from '../../../support/state-machines.ts';

const problemsOf = (text: string): readonly string[] => {
  try {
    loadStateMachine(text);
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.problems;
    throw error;
  }
};
const pass = (more: Fields = { End: true }): Fields => ({ Type: 'Pass', ...more });
const retry = (...entries: Fields[]): Fields => ({ A: task('F', { Retry: entries }) });
const wait = (more: Fields): Fields => ({ A: { Type: 'Wait', End: true, ...more } });
const parallel = (states: Fields, more: Fields = {}): Fields => ({
  Type: 'Parallel',
  Branches: [block(states)],
  ...(more.Next === undefined ? { End: true } : {}),
  ...more,
});
const each = (states: Fields, more: Fields = {}): Fields => ({
  Type: 'Map',
  ItemProcessor: block(states),
  End: true,
  ...more,
});
const output = (expression: string, more: Fields = {}): Fields => ({
  A: pass({ End: true, Output: `{% ${expression} %}`, ...more }),
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
    ['an unknown StartAt', definition({ A: pass() }, { StartAt: 'B' }), "/StartAt: there is no state 'B'"],
    ['an unknown Next', definition({ A: pass({ Next: 'B' }) }), "/States/A/Next: there is no state 'B'"],
    [
      'an unknown Next in a catcher',
      definition({ A: task('F', { Catch: [{ ErrorEquals: ['X'], Next: 'B' }] }) }),
      "/States/A/Catch/0/Next: there is no state 'B'",
    ],
    [
      'an unknown Next in a rule',
      definition({ A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'B' }] } }),
      "/States/A/Choices/0/Next: there is no state 'B'",
    ],
    [
      'an unknown Default',
      definition({ A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'A' }], Default: 'B' } }),
      "/States/A/Default: there is no state 'B'",
    ],
    [
      'a Next out of a branch',
      definition({ A: parallel({ B: pass({ Next: 'C' }) }, { Next: 'C' }), C: pass() }),
      "/States/A/Branches/0/States/B/Next: there is no state 'C'",
    ],
    [
      'a state that nothing leads to',
      definition({ A: pass(), B: pass() }),
      '/States/B: no state leads to it',
    ],
    ['neither Next nor End', definition({ A: pass({}) }), '/States/A: needs either Next or "End": true'],
    [
      'both Next and End',
      definition({ A: pass({ Next: 'B', End: true }), B: pass() }),
      '/States/A: needs either Next or "End": true',
    ],
    [
      'no end',
      definition({ A: pass({ Next: 'B' }), B: pass({ Next: 'A' }) }),
      '/States: no end can be reached',
    ],
    [
      'a name twice',
      definition({ A: parallel({ B: pass() }, { Next: 'B' }), B: pass() }),
      '/States/A/Branches/0/States/B: the machine has another state of that name',
    ],
    [
      'States.ALL with others',
      definition(retry({ ErrorEquals: ['States.ALL', 'X'] })),
      '/States/A/Retry/0/ErrorEquals: States.ALL must stand alone',
    ],
    [
      'States.ALL before others',
      definition(retry({ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] })),
      '/States/A/Retry/0/ErrorEquals: States.ALL must stand in the last entry',
    ],
    [
      'an unknown error of States',
      definition(retry({ ErrorEquals: ['States.Timout'] })),
      "/States/A/Retry/0/ErrorEquals: there is no error 'States.Timout'",
    ],
    [
      'a shrinking backoff',
      definition(retry({ ErrorEquals: ['X'], BackoffRate: 0.9 })),
      '/States/A/Retry/0/BackoffRate: must be at least 1',
    ],
    [
      'an unknown jitter',
      definition(retry({ ErrorEquals: ['X'], JitterStrategy: 'HALF' })),
      '/States/A/Retry/0/JitterStrategy: ',
    ],
    [
      'a greatest delay below the first',
      definition(retry({ ErrorEquals: ['X'], IntervalSeconds: 5, MaxDelaySeconds: 5 })),
      '/States/A/Retry/0/MaxDelaySeconds: must be greater',
    ],
    [
      'an interval of 0',
      definition(retry({ ErrorEquals: ['X'], IntervalSeconds: 0 })),
      '/States/A/Retry/0/IntervalSeconds: ',
    ],
    [
      'a heartbeat as long as the timeout',
      definition({ A: task('F', { HeartbeatSeconds: 5, TimeoutSeconds: 5 }) }),
      '/States/A/HeartbeatSeconds: must be smaller than TimeoutSeconds',
    ],
    ['a wait for nothing', definition(wait({})), '/States/A: needs either Seconds or Timestamp'],
    [
      'a wait for two things',
      definition(wait({ Seconds: 1, Timestamp: '2026-01-01T00:00:00Z' })),
      '/States/A: needs either Seconds or Timestamp',
    ],
    [
      'a number in words',
      definition(wait({ Seconds: '5' })),
      '/States/A/Seconds: must be a JSONata expression in {% %}',
    ],
    ['bad JSONata', definition(output('1 +')), '/States/A/Output: this is not JSONata'],
    [
      'bad JSONata deep inside',
      definition({ A: pass({ End: true, Output: { a: ['{% ( %}'] } }) }),
      '/States/A/Output/a/0: this is not JSONata',
    ],
    ['$states.inpt', definition(output('$states.inpt.a')), '/States/A/Output: there is no $states.inpt'],
    [
      'a result where there is none',
      definition(output('$states.result')),
      '/States/A/Output: there is no $states.result',
    ],
    [
      'a result before there is one',
      definition({ A: task('F', { TimeoutSeconds: '{% $states.result %}' }) }),
      '/States/A/TimeoutSeconds: there is no $states.result',
    ],
    [
      'an error outside of a catcher',
      definition({ A: task('F', { Output: '{% $states.errorOutput %}' }) }),
      '/States/A/Output: there is no $states.errorOutput',
    ],
    [
      'an unknown context',
      definition(output('$states.context.Exection.Id')),
      '/States/A/Output: there is no $states.context.Exection',
    ],
    [
      'an unknown name in the context',
      definition(output('$states.context.State.Retries')),
      '/States/A/Output: there is no $states.context.State.Retries',
    ],
    [
      'a token without waiting',
      definition({ A: task('F', { Output: '{% $states.context.Task.Token %}' }) }),
      '/States/A/Output: there is no $states.context.Task',
    ],
    [
      'an item outside of a Map',
      definition(output('$states.context.Map.Item.Index')),
      '/States/A/Output: there is no $states.context.Map',
    ],
    [
      'a name at the top level',
      definition(output("'a' & phone.number")),
      "/States/A/Output: 'phone' stands at the top level",
    ],
    ['$ at the top level', definition(output('$ + 1')), "/States/A/Output: '$' stands at the top level"],
    ['$$', definition(output('$states.input.a[b = $$.c]')), "/States/A/Output: '$$' reads nothing"],
    ['$eval', definition(output("$eval('1')")), '/States/A/Output: AWS does not run $eval'],
    [
      'a variable nobody assigns',
      definition(output('$nobody')),
      '/States/A/Output: no way to this state assigns $nobody',
    ],
    [
      'a function nobody has',
      definition(output('$nobody(1)')),
      '/States/A/Output: no way to this state assigns $nobody',
    ],
    [
      'a variable assigned only later',
      definition({ A: pass({ Output: '{% $x %}', Next: 'B' }), B: pass({ Assign: { x: 1 }, End: true }) }),
      '/States/A/Output: no way to this state assigns $x',
    ],
    [
      'a variable assigned only in a branch',
      definition({
        A: parallel({ B: pass({ Assign: { x: 1 }, Next: 'C' }), C: pass() }, { Next: 'D' }),
        D: pass({ Output: '{% $x %}', End: true }),
      }),
      '/States/D/Output: no way to this state assigns $x',
    ],
    [
      'a variable in its own assignment',
      definition({ A: pass({ Assign: { x: '{% $x + 1 %}' }, End: true }) }),
      '/States/A/Assign/x: no way to this state assigns $x',
    ],
    [
      'a variable assigned outside and inside',
      definition({
        A: pass({ Assign: { x: 1 }, Next: 'B' }),
        B: parallel({ C: pass({ Assign: { x: 2 }, End: true }) }),
      }),
      "/States/B/Branches/0/States/C: $x is assigned outside of 'B' too",
    ],
    [
      '$states assigned',
      definition({ A: pass({ Assign: { states: 1 }, End: true }) }),
      '/States/A: $states cannot be assigned',
    ],
    [
      'a variable with a bad name',
      definition({ A: pass({ Assign: { 'a-b': 1 }, End: true }) }),
      '/States/A/Assign/a-b: ',
    ],
  ])('refuses %s', (_, text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each([
    ['a variable of the expression itself', output('($x := 1; $x)')],
    ['the arguments of its functions', output('$map([1], function($v, $i) { $v + $i })')],
    ['a focus and an index', output('$states.input.a@$f#$i.{"f": $f, "i": $i}')],
    ['a name inside a predicate', output("$states.input.a[name = 'x'].b")],
    ['$ inside a predicate', output('$states.input.a[$ > 1]')],
    ['a name inside a transformation', output('$states.input ~> |a|{"b": c}|')],
    ['all there is', output('$states')],
    [
      'a variable that some way has assigned',
      {
        A: task('F', { Next: 'B', Assign: { x: 1 }, Catch: [{ ErrorEquals: ['X'], Next: 'B' }] }),
        B: pass({ Output: '{% $x %}', End: true }),
      },
    ],
    [
      'a variable of a loop',
      {
        A: pass({ Assign: { n: 0 }, Next: 'B' }),
        B: pass({ Assign: { n: '{% $n + 1 %}' }, Next: 'C' }),
        C: { Type: 'Choice', Choices: [{ Condition: '{% $n < 3 %}', Next: 'B' }], Default: 'D' },
        D: { Type: 'Succeed' },
      },
    ],
    [
      'one name in two branches',
      {
        A: {
          Type: 'Parallel',
          Branches: [
            block({ B: pass({ Assign: { x: 1 }, End: true }) }),
            block({ C: pass({ Assign: { x: 2 }, End: true }) }),
          ],
          End: true,
        },
      },
    ],
  ])('takes %s', (_, states) => {
    expect(problemsOf(definition(states))).toEqual([]);
  });

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
