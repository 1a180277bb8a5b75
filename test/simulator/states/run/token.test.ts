import { describe, expect, it } from 'vitest';
import {
  account,
  definition,
  type Fields,
  start,
  task,
  thrown,
  told,
  typesOf,
} from '../../../support/state-machines.ts';

const tokenIn = (payload: unknown): string =>
  payload instanceof Object && 'token' in payload ? String(payload.token) : '';

/** A task that waits to be called back; what is to happen by then is set going when its function runs. */
const called = async (
  meanwhile: (token: string, place: ReturnType<typeof account>) => void,
  more: Fields = {},
) => {
  let token = '';
  const place = account({
    Ask: (payload) => {
      token = tokenIn(payload);
      meanwhile(token, place);
      return 'asked';
    },
  });
  const states = {
    Ask: task('Ask', {
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'Ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      Output: '{% $states.result %}',
      TimeoutSeconds: 3600,
      ...more,
    }),
  };
  const execution = place.begin(definition(states));
  await execution.ended;
  return { ...place, execution, token, seconds: (place.clock.now() - start) / 1000 };
};
const after = (seconds: number): number => start + 1000 * seconds;

describe('a Task that waits for its token', () => {
  it('goes on with what it is told', async () => {
    const { execution, seconds } = await called((token, { clock, executions }) =>
      clock.at(after(600), () => executions.tokens.succeed(token, { fine: true })),
    );
    expect(execution.standing.output).toEqual({ fine: true });
    expect(seconds).toBe(600);
    expect(told(execution.history.events)).toEqual([
      '0 -> 1 ExecutionStarted',
      '0 -> 2 TaskStateEntered',
      '2 -> 3 TaskScheduled',
      '3 -> 4 TaskStarted',
      '4 -> 5 TaskSubmitted',
      '5 -> 6 TaskSucceeded',
      '6 -> 7 TaskStateExited',
      '7 -> 8 ExecutionSucceeded',
    ]);
    expect(execution.history.events[3]?.taskStartedEventDetails?.resource).toBe('invoke.waitForTaskToken');
    expect(execution.history.events[4]?.taskSubmittedEventDetails?.output).toContain('"Payload":"asked"');
  });

  it('takes an answer that comes while the function still runs', async () => {
    const { execution } = await called((token, { executions }) => executions.tokens.succeed(token, 1));
    expect(execution.standing.output).toBe(1);
  });

  it('fails as it is told', async () => {
    const { execution } = await called((token, { clock, executions }) =>
      clock.at(after(5), () => executions.tokens.fail(token, 'Refused', 'by the administrator')),
    );
    expect(execution.standing).toMatchObject({ error: 'Refused', cause: 'by the administrator' });
  });

  it('fails with the function', async () => {
    const { execution } = await called(() => {
      throw thrown('Forbidden', 'no');
    });
    expect(execution.standing.error).toBe('Forbidden');
    expect(typesOf(execution)).not.toContain('TaskSubmitted');
  });

  it('runs out of time', async () => {
    const { execution, seconds } = await called(() => undefined);
    expect(execution.standing).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: undefined });
    expect(seconds).toBe(3600);
    expect(typesOf(execution)).toContain('TaskTimedOut');
  });

  it.each(['States.Timeout', 'States.HeartbeatTimeout', 'States.ALL'])(
    'is missed one heartbeat after its last, which %s catches',
    async (name) => {
      const { execution, seconds } = await called(
        (token, { clock, executions }) => {
          if (clock.now() > start) executions.tokens.succeed(token, 'again');
          for (const beat of [8, 16, 24]) clock.at(after(beat), () => executions.tokens.heartbeat(token));
        },
        { HeartbeatSeconds: 10, Catch: [{ ErrorEquals: [name], Next: 'Ask' }] },
      );
      expect(execution.standing.output).toBe('again');
      expect(seconds).toBe(34);
      expect(typesOf(execution)).toContain('TaskTimedOut');
    },
  );

  it('gives every attempt a token of its own, and knows the old ones as gone', async () => {
    const tokens: string[] = [];
    const { executions, execution } = await called(
      (token, place) => {
        tokens.push(token);
        if (tokens.length === 2) place.executions.tokens.succeed(token, 'second');
      },
      { TimeoutSeconds: 10, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] },
    );
    expect(execution.standing.output).toBe('second');
    expect(new Set(tokens).size).toBe(2);
    expect(tokens.map((token) => executions.tokens.succeed(token, 1))).toEqual(['gone', 'gone']);
    expect(executions.tokens.heartbeat('never given')).toBe('unknown');
    expect(executions.tokens.fail('never given', 'X', '')).toBe('unknown');
  });

  it('says nothing more of a function that answers when the task has run out of time', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { clock, begin } = account({ Ask: () => promise });
    clock.busy = (work) => work();
    const states = {
      Ask: task('Ask', {
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: 10,
        Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Rest' }],
      }),
      Rest: { Type: 'Wait', Seconds: 60, End: true },
    };
    const execution = begin(definition(states));
    clock.at(after(20), () => resolve('late'));
    await execution.ended;
    expect(execution.standing.status).toBe('SUCCEEDED');
    expect(typesOf(execution)).not.toContain('TaskSubmitted');
  });
});
