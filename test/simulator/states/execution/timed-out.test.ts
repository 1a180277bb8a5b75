import { describe, expect, it } from 'vitest';
import { account, definition, start, told, typesOf } from '../../../support/state-machines.ts';

const end = { End: true };

const limited = (seconds: number): string =>
  definition({ A: { Type: 'Wait', Seconds: 60, ...end } }, { TimeoutSeconds: seconds });

describe('the time of a whole state machine', () => {
  it('is forgotten where it is enough', async () => {
    const { begin, clock } = account();
    const execution = begin(limited(70));
    await execution.ended;
    expect(clock.now() - start).toBe(60_000);
    await clock.sleep(60_000);
    expect(execution.standing.status).toBe('SUCCEEDED');
    expect(typesOf(execution)).not.toContain('ExecutionTimedOut');
  });

  it('ends it as timed out, and starts anew with a redrive', async () => {
    const { begin, clock, statuses } = account();
    const execution = begin(limited(50));
    await execution.ended;
    expect(execution.standing).toEqual({ status: 'TIMED_OUT', stoppedAt: start + 50_000 });
    expect(told(execution.history.events).at(-1)).toBe('0 -> 3 ExecutionTimedOut');
    execution.redrive();
    await execution.ended;
    expect(clock.now() - start).toBe(100_000);
    expect(statuses).toEqual(['RUNNING', 'TIMED_OUT', 'RUNNING', 'TIMED_OUT']);
  });
});
