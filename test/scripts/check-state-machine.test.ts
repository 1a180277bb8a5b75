import { describe, expect, it } from 'vitest';
import { countStates, problemsOf } from '../../scripts/check-state-machine.ts';
import { block, definition, type Fields } from '../support/state-machines.ts';

const poll = { ErrorEquals: ['NotReady'], IntervalSeconds: 60, MaxAttempts: 60, BackoffRate: 1 };
const throttled = {
  ErrorEquals: ['Throttled', 'Lambda.TooManyRequestsException'],
  IntervalSeconds: 2,
  MaxAttempts: 8,
  JitterStrategy: 'FULL',
};
const passing = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.Unknown',
    'States.Timeout',
  ],
  MaxAttempts: 3,
};

const task = (more: Fields = {}): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${EnsureDirectory}', Payload: '{% $states.input %}' },
  TimeoutSeconds: 60,
  Retry: [poll, throttled, passing],
  End: true,
  ...more,
});
const named = (name: string): Fields => ({ Arguments: { FunctionName: name } });

describe('problemsOf', () => {
  it.each<[string, Fields]>([
    ['a task that keeps every rule', task()],
    [
      'a poll that slows down a little',
      task({ Retry: [{ ...poll, BackoffRate: 1.1, MaxDelaySeconds: 90 }, throttled, passing] }),
    ],
    ['a placeholder with digits', task(named('${EnsureDirectory2}'))],
    [
      'a Parallel of such tasks',
      { Type: 'Parallel', Branches: [block({ 'A 1': task() }), block({ 'A 2': task() })], End: true },
    ],
  ])('finds nothing in %s', async (_, state) => {
    expect(await problemsOf(definition({ A: state }))).toEqual([]);
  });

  it.each<[string, Fields, string]>([
    ['no TimeoutSeconds', task({ TimeoutSeconds: undefined }), '/States/A: needs TimeoutSeconds'],
    ['no Retry', task({ Retry: undefined }), '/States/A/Retry: needs exactly these entries'],
    ['an entry too few', task({ Retry: [poll, throttled] }), '/States/A/Retry: needs exactly these entries'],
    [
      'an entry too many',
      task({ Retry: [poll, throttled, passing, { ErrorEquals: ['X'] }] }),
      '/States/A/Retry: needs exactly these entries',
    ],
    [
      'the wrong order',
      task({ Retry: [throttled, poll, passing] }),
      '/States/A/Retry: needs exactly these entries',
    ],
    [
      'another error',
      task({ Retry: [{ ...poll, ErrorEquals: ['NotReady', 'Conflict'] }, throttled, passing] }),
      '/States/A/Retry: needs exactly these entries',
    ],
    [
      'a missing error',
      task({ Retry: [poll, throttled, { ErrorEquals: ['States.Timeout'] }] }),
      '/States/A/Retry: needs exactly these entries',
    ],
    [
      'a poll that slows down fast',
      task({ Retry: [{ ...poll, BackoffRate: 1.5, MaxDelaySeconds: 90 }, throttled, passing] }),
      '/States/A/Retry/0/BackoffRate: ',
    ],
    [
      'a poll without a rate',
      task({ Retry: [{ ErrorEquals: ['NotReady'], MaxDelaySeconds: 90 }, throttled, passing] }),
      '/States/A/Retry/0/BackoffRate: ',
    ],
    [
      'a poll that slows down for ever',
      task({ Retry: [{ ...poll, BackoffRate: 1.05 }, throttled, passing] }),
      '/States/A/Retry/0/MaxDelaySeconds: ',
    ],
    [
      'a poll without an end',
      task({ Retry: [{ ...poll, MaxAttempts: 241 }, throttled, passing] }),
      '/States/A/Retry/0: polls for more than 14400 seconds',
    ],
    [
      'no jitter',
      task({ Retry: [poll, { ...throttled, JitterStrategy: 'NONE' }, passing] }),
      '/States/A/Retry/1/JitterStrategy: must be FULL',
    ],
    [
      'a placeholder in another case',
      task(named('${ensure-directory}')),
      '/States/A/Arguments/FunctionName: ${ensure-directory} is no placeholder in PascalCase',
    ],
    [
      'a placeholder that is not closed',
      task(named('${EnsureDirectory')),
      '/States/A/Arguments/FunctionName: ',
    ],
    [
      'a Parallel that is tried again',
      { Type: 'Parallel', Branches: [block({ B: task() })], Retry: [{ ErrorEquals: ['X'] }], End: true },
      '/States/A/Retry: only a Task is tried again',
    ],
    [
      'a task in a branch',
      { Type: 'Parallel', Branches: [block({ B: task({ TimeoutSeconds: undefined }) })], End: true },
      '/States/A/Branches/0/States/B: needs TimeoutSeconds',
    ],
  ])('finds %s', async (_, state, problem) => {
    const problems = await problemsOf(definition({ A: state }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('finds a time for the whole state machine', async () => {
    const problems = await problemsOf(definition({ A: task() }, { TimeoutSeconds: 60 }));
    expect(problems).toEqual(['/TimeoutSeconds: only a Task has one, so that a redrive can go on']);
  });

  it('asks the tools of others too', async () => {
    const problems = await problemsOf(definition({ A: task({ Foo: 1 }) }));
    expect(problems).toEqual([
      '/States/A/Foo: is not a field here',
      expect.stringMatching(/^asl-validator: /),
      expect.stringMatching(/^line 1: /),
    ]);
  });

  it('says so where a file holds no JSON', async () => {
    expect(await problemsOf('{')).toEqual([expect.stringContaining('/: it is not JSON')]);
  });
});

describe('countStates', () => {
  it('counts those in branches too', () => {
    const state = { Type: 'Parallel', Branches: [block({ B: task() }), block({ C: task() })], End: true };
    expect(countStates(definition({ A: state }))).toBe(3);
  });
});
