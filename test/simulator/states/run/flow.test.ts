import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../simulator/states/data/json.ts';
import { type Fields, run, told, typesOf } from '../../../support/state-machines.ts';

const end = { End: true };

describe('a Pass', () => {
  it.each<[string, Fields, Json]>([
    ['its input', {}, { a: 1 }],
    ['its Output', { Output: { b: '{% $states.input.a + 1 %}', c: ['text'] } }, { b: 2, c: ['text'] }],
    ['null', { Output: null }, null],
  ])('hands on %s', async (_, fields, expected) => {
    const { execution } = await run({ A: { Type: 'Pass', ...fields, ...end } }, { a: 1 });
    expect(execution.standing.output).toEqual(expected);
    expect(typesOf(execution)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('knows where it is', async () => {
    const { execution } = await run(
      { A: { Type: 'Pass', Output: '{% $states.context %}', ...end } },
      { a: 1 },
    );
    expect(execution.standing.output).toEqual({
      Execution: {
        Id: 'arn:aws:states:eu-west-1:123456789012:execution:machine:one',
        Name: 'one',
        Input: { a: 1 },
        StartTime: '2026-01-01T00:00:00.000Z',
        RoleArn: 'arn:aws:iam::123456789012:role/machine',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:machine', Name: 'machine' },
      State: { Name: 'A', EnteredTime: '2026-01-01T00:00:00.000Z', RetryCount: 0 },
    });
  });

  it('fails by an expression without a value, at its place', async () => {
    const { execution } = await run({
      A: { Type: 'Pass', Assign: { x: { y: '{% $states.input.b %}' } }, ...end },
    });
    expect(execution.standing.error).toBe('States.QueryEvaluationError');
    expect(execution.history.events[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: { location: 'Assign/x/y', state: 'A' },
    });
  });
});

describe('a Wait', () => {
  it.each<[string, Fields, number]>([
    ['some seconds', { Seconds: 90 }, 90],
    ['no time', { Seconds: 0 }, 0],
    ['as long as an expression says', { Seconds: '{% $states.input.n * 2 %}' }, 14],
    ['until a time', { Timestamp: '2026-01-01T01:00:00+00:30' }, 1800],
    ['until the time of an expression', { Timestamp: '{% $fromMillis($millis() + 5000) %}' }, 5],
    ['not for a time that is over', { Timestamp: '2020-01-01T00:00:00Z' }, 0],
  ])('waits %s', async (_, fields, expected) => {
    const { execution, seconds } = await run({ A: { Type: 'Wait', ...fields, ...end } }, { n: 7 });
    expect(execution.standing.output).toEqual({ n: 7 });
    expect(seconds).toBe(expected);
  });

  it.each<[string, Fields, string]>([
    ['a text for a number', { Seconds: "{% '5' %}" }, "Expected 'number', but was 'string'"],
    ['less than nothing', { Seconds: '{% -1 %}' }, 'at least 0 but was: -1'],
    ['a number for a time', { Timestamp: '{% 5 %}' }, "Expected 'string', but was 'number'"],
    [
      'a time without T',
      { Timestamp: "{% '2026-01-01 00:00:00Z' %}" },
      'cannot be parsed as an ISO-8601 extended offset date-time format string: 2026-01-01 00:00:00Z',
    ],
  ])('refuses %s', async (_, fields, why) => {
    const { execution } = await run({ A: { Type: 'Wait', ...fields, ...end } });
    expect(execution.standing.error).toBe('States.QueryEvaluationError');
    expect(execution.standing.cause).toContain(why);
  });
});

const choice = (more: Fields = {}): Fields => ({
  A: {
    Type: 'Choice',
    Choices: [
      { Condition: '{% $states.input.n = 1 %}', Output: 'one', Assign: { way: 'first' }, Next: 'B' },
      { Condition: '{% $states.input.n < 3 %}', Next: 'B' },
    ],
    Output: 'other',
    Assign: { way: 'default' },
    ...more,
  },
  B: { Type: 'Pass', Output: '{% [$states.input, $exists($way) ? $way : null] %}', ...end },
});

describe('a Choice', () => {
  it.each<[number, Json]>([
    [1, ['one', 'first']],
    [2, [{ n: 2 }, null]],
    [3, ['other', 'default']],
  ])('goes its way for %s', async (n, expected) => {
    const { execution } = await run(choice({ Default: 'B' }), { n });
    expect(execution.standing.output).toEqual(expected);
  });

  it('fails where nothing holds', async () => {
    const { execution } = await run(choice(), { n: 3 });
    expect(execution.standing.error).toBe('States.NoChoiceMatched');
  });

  it('takes nothing but true and false', async () => {
    const states = {
      A: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'B' }] },
      B: { Type: 'Succeed' },
    };
    const { execution } = await run(states);
    expect(execution.standing.error).toBe('States.QueryEvaluationError');
    expect(execution.standing.cause).toContain("'Choices[0]/Condition'");
  });

  it('ends a loop that never ends by the limit of the history', async () => {
    const passes = Array.from({ length: 30 }, (_none, number) => [
      `Pass ${number}`,
      { Type: 'Pass', Next: `Pass ${number + 1}` },
    ]);
    const states = {
      ...Object.fromEntries(passes),
      'Pass 30': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.stop = true %}', Next: 'B' }],
        Default: 'Pass 0',
      },
      B: { Type: 'Succeed' },
    };
    const { execution } = await run(states);
    expect(execution.standing.error).toBe('States.Runtime');
    expect(execution.history.events).toHaveLength(25_000);
    expect(execution.notRedrivable).toContain('history event limit');
  });
});

describe('Succeed and Fail', () => {
  it('succeeds with its Output', async () => {
    const { execution } = await run({ A: { Type: 'Succeed', Output: '{% $states.input.a %}' } }, { a: 1 });
    expect(execution.standing.output).toBe(1);
    expect(typesOf(execution)).toContain('SucceedStateExited');
  });

  it('fails with its Error and Cause', async () => {
    const { execution } = await run(
      { A: { Type: 'Fail', Error: 'Broken', Cause: "{% 'it is ' & $states.input %}" } },
      'so',
    );
    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'it is so' });
    expect(told(execution.history.events)).toEqual([
      '0 -> 1 ExecutionStarted',
      '0 -> 2 FailStateEntered',
      '2 -> 3 ExecutionFailed',
    ]);
  });

  it('refuses a Cause that is no text', async () => {
    const { execution } = await run({ A: { Type: 'Fail', Cause: '{% 1 %}' } });
    expect(execution.standing.error).toBe('States.QueryEvaluationError');
  });
});
