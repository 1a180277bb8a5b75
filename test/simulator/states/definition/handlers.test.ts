import { describe, it } from 'vitest';
import { expectOneProblem } from '../../../support/definitions.ts';
import { definition, type Fields, task } from '../../../support/state-machines.ts';

const retry = (...entries: Fields[]): Fields => ({ A: task('F', { Retry: entries }) });
const wait = (more: Fields): Fields => ({ A: { Type: 'Wait', End: true, ...more } });

describe('loadStateMachine', () => {
  it.each<[string, string, string]>([
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
  ])('refuses %s', (_, text, problem) => expectOneProblem(text, problem));
});
