import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localAccount, operatorConfiguration } from '../../cli/local-account.ts';
import { type Outcome, outcomeSchema } from '../../cli/outcome.ts';
import { isFunctionKey } from '../../cli/signatures.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import type { EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { World } from '../../simulator/world/world.ts';
import { example } from '../functions/request/requests.ts';
import { jsonFile } from '../support/changed-world.ts';
import { forestbridge } from '../support/shell.ts';

type Around = NonNullable<EndpointOptions['around']>;

const request = fileURLToPath(new URL('../../events/requests/no-database.json', import.meta.url));
const arn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';
const unknown = 'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:nobody';
const undisturbed: Around = (_call, answer) => answer();

/** A command line whose AWS is an account in this process. */
const commandLine = async (around: Around = undisturbed, environment = {}) => {
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5, 8)), 1);
  const account = await localAccount(world, [parseRequest(example('no-database'))], around);
  onTestFinished(() => account.close());
  const run = (...args: readonly string[]) =>
    forestbridge(args, { aws: operatorConfiguration(account), environment });
  const start = (...args: readonly string[]) => run('start', ...args, '--state-machine', arn);
  return { account, run, start };
};

const outcomeOf = ({ output }: { readonly output: string }): Outcome => {
  expect(output).toMatch(/^\{.*\}\n$/);
  return outcomeSchema.parse(JSON.parse(output));
};

/** Denies one operation to whoever calls from outside. */
const denying =
  (operation: string): Around =>
  (call, answer) => {
    if (call.operation !== operation || isFunctionKey(call.accessKeyId)) return answer();
    throw new ServiceError('AccessDeniedException', `User x is not authorized to perform: ${operation}`);
  };

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

describe('start', () => {
  it('only starts, and tells how to ask again', async () => {
    const { start, account } = await commandLine();
    const { status, output } = await start(request);
    const [executionArn = ''] = output.split('\n');

    expect(status).toBe(0);
    expect(output).toContain(
      `\n\nRUNNING\n  forestbridge explain ${executionArn} tells later how it stands.\n`,
    );
    await account.concluded(executionArn);
  });

  it('prints an object whose status is RUNNING', async () => {
    const { start, account } = await commandLine();
    const outcome = outcomeOf(await start(request, '--json'));

    expect(outcome).toMatchObject({ status: 'RUNNING', error: null, cause: null, output: null });
    await account.concluded(outcome.execution ?? '');
  });

  it('hands on the file as it is written', async () => {
    const inputs: unknown[] = [];
    const { start } = await commandLine((call, answer) => {
      if (call.operation === 'StartExecution') inputs.push(call.input);
      return answer();
    });
    await start(request, '--watch');

    expect(inputs).toMatchObject([{ input: readFileSync(request, 'utf8') }]);
  });
});

describe('what AWS refuses', () => {
  it.each([
    [
      'a state machine that is unknown',
      ['start', request, '--state-machine', `${arn}-2`],
      /StateMachineDoesNotExist: .* Check the ARN, and whose credentials you use\.$/,
    ],
    [
      'an execution that is unknown',
      ['explain', unknown],
      /ExecutionDoesNotExist: .* Check the ARN, and whose credentials you use\.$/,
    ],
  ])('is one clear message: %s', async (_, args, message) => {
    const { run } = await commandLine();
    const { status, output, complaint } = await run(...args);

    expect(status).toBe(1);
    expect(output).toBe('');
    expect(complaint.trimEnd()).toMatch(message);
    expect(complaint.trimEnd()).not.toContain('\n');
    expect(outcomeOf(await run(...args, '--json'))).toMatchObject({
      status: 'REFUSED',
      error: null,
      writes: 0,
    });
  });

  it('is told where it was denied to start', async () => {
    const { start } = await commandLine(denying('StartExecution'));
    const { status, complaint } = await start(request);

    expect(status).toBe(1);
    expect(complaint).toBe(
      'AWS refused: AccessDeniedException: User x is not authorized to perform: StartExecution. Have your role allow it, or use another one.\n',
    );
  });

  it('leaves what was started alone, and says so', async () => {
    const { start, account } = await commandLine(denying('GetExecutionHistory'));
    const { status, output, complaint } = await start(request, '--watch');

    expect(status).toBe(1);
    expect(complaint).toMatch(
      /GetExecutionHistory.* The execution goes on; forestbridge explain arn:\S+ tells how it stands\.\n$/,
    );
    await account.concluded(output.trim());
    expect(account.executions.find(output.trim())?.standing.status).toBe('SUCCEEDED');
  });

  it('is told of the ledger, too, without which nothing can be explained', async () => {
    const { start } = await commandLine(undisturbed, { LEDGER_TABLE: 'another' });
    const { status, complaint } = await start(jsonFile({ requestId: 'orders' }), '--watch');

    expect(status).toBe(1);
    expect(complaint).toMatch(
      /ResourceNotFoundException: .* Name the ledger's table in LEDGER_TABLE\. The execution goes on/,
    );
  });
});
