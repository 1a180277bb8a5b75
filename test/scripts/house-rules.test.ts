import { describe, expect, it } from 'vitest';
import { houseRules } from '../../scripts/house-rules.ts';
import { loadStateMachine } from '../../simulator/states/definition/load.ts';
import { block, definition, type Fields } from '../support/state-machines.ts';
import { named, passing, poll, task, throttled } from './tasks.ts';

describe('the rules of the house', () => {
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
  ])('finds %s', (_, state, problem) => {
    const problems = houseRules(loadStateMachine(definition({ A: state })));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});
