import { describe, expect, it } from 'vitest';
import { commandLine, outcomeOf, undisturbed, unknown } from '../../support/command-line.ts';

describe('explain', () => {
  it('tells how long it runs by the time there, which may be ahead', async () => {
    const startDate = new Date(Date.now() + 3_600_000);
    const history = [{ id: 1, type: 'TaskStarted', timestamp: new Date(startDate.getTime() + 754_000) }];
    const { run } = await commandLine((call, answer) => {
      if (call.operation === 'DescribeExecution') return Promise.resolve({ status: 'RUNNING', startDate });
      return call.operation === 'GetExecutionHistory' ? Promise.resolve({ events: history }) : answer();
    });

    expect(outcomeOf(await run('explain', unknown, '--json'))).toMatchObject({
      status: 'RUNNING',
      virtualSeconds: 754,
    });
  });
});

describe('explain, interrupted,', () => {
  it('prints one object with --json', async () => {
    const { run } = await commandLine(undisturbed, { shell: { interrupted: () => Promise.resolve(130) } });
    const explained = await run('explain', unknown, '--json');

    expect(explained.status).toBe(130);
    expect(outcomeOf(explained)).toMatchObject({
      status: 'REFUSED',
      cause: 'Interrupted before the account had answered.',
    });
  });
});
