import { describe, expect, it } from 'vitest';
import { jsonFile } from '../../support/changed-world.ts';
import { abandon, commandLine, outcomeOf, request } from '../../support/command-line.ts';

describe('start --watch', () => {
  it('tells the execution, every step and what was built', async () => {
    const { start } = await commandLine();
    const { status, output, complaint } = await start(request, '--watch');

    expect(status).toBe(0);
    expect(complaint).toBe('');
    expect(output).toMatch(
      /^arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:directory-only-\d{8}T\d{6}\n/,
    );
    expect(output).toMatch(/^\+0:00:00 {2}✓ Validate request$/m);
    expect(output).toMatch(/^\+\d:\d\d:\d\d {2}✓ Publish result\n\nSUCCEEDED\n {2}Directory {2}/m);
    expect(output).toMatch(/\n\n\d+ min( \d+ s)?\n$/);
  });

  it('prints one object with --json, which explain prints again', async () => {
    const { run, start } = await commandLine();
    const started = await start(request, '--watch', '--json');
    const outcome = outcomeOf(started);

    expect(started.status).toBe(0);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', error: null, cause: null });
    expect(outcome).toMatchObject({
      output: { requestId: 'directory-only' },
      virtualSeconds: expect.any(Number),
    });
    expect(outcome).toMatchObject({ transitions: null, invocations: null, apiCalls: null, writes: null });
    const explained = await run('explain', outcome.execution ?? '', '--json');
    expect(explained.status).toBe(0);
    expect(outcomeOf(explained)).toEqual(outcome);
  });

  it('ends with exit status 1 where the execution failed, and tells why', async () => {
    const { start, run } = await commandLine();
    const { status, output } = await start(jsonFile({ requestId: '$(x)' }), '--watch');
    const [executionArn = ''] = output.split('\n');

    expect(status).toBe(1);
    expect(executionArn).toMatch(/:invalid-request-\d{8}T\d{6}$/);
    expect(output).toMatch(/✗ Validate request +failed\n\nFAILED {2}InvalidRequest\n\n/);
    const explained = await run('explain', executionArn);
    expect(explained.status).toBe(1);
    expect(output.endsWith(explained.output)).toBe(true);
  });
});

/** A command line whose user wants it to end at the first look at the history. */
const impatient = async (...options: readonly string[]) => {
  const interruption = Promise.withResolvers<number>();
  const { account, start } = await commandLine(
    (call, answer) => {
      if (call.operation === 'GetExecutionHistory') interruption.resolve(130);
      return answer();
    },
    { shell: { interrupted: () => interruption.promise, pause: 60_000 } },
  );
  return { account, started: await start(request, '--watch', ...options) };
};

describe('start, interrupted,', () => {
  it('tells how to go on, and leaves the execution alone', async () => {
    const { account, started } = await impatient();
    const [executionArn = ''] = started.output.split('\n');

    expect(started).toMatchObject({
      status: 130,
      complaint: `Interrupted. The execution goes on; forestbridge explain ${executionArn} tells how it stands.\n`,
    });
    await account.concluded(executionArn);
    expect(account.executions.find(executionArn)?.standing.status).toBe('SUCCEEDED');
  });

  it('prints the object whose status is RUNNING with --json', async () => {
    const { account, started } = await impatient('--json');
    const outcome = outcomeOf(started);

    expect(started.status).toBe(130);
    expect(outcome).toMatchObject({ status: 'RUNNING', error: null, output: null, writes: null });
    expect(outcome.cause).toContain(
      `Interrupted. The execution goes on; forestbridge explain ${outcome.execution}`,
    );
    await abandon(account, outcome.execution ?? '');
  });
});
