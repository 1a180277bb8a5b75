import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localAccount, operatorConfiguration } from '../../../cli/local-account.ts';
import { type Outcome, outcomeSchema } from '../../../cli/outcome.ts';
import type { Shell } from '../../../cli/shell.ts';
import { isFunctionKey } from '../../../cli/signatures.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import type { EndpointOptions } from '../../../simulator/wire/endpoint.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { World } from '../../../simulator/world/world.ts';
import { example } from '../../functions/request/requests.ts';
import { jsonFile } from '../../support/changed-world.ts';
import { forestbridge } from '../../support/shell.ts';

type Around = NonNullable<EndpointOptions['around']>;

const request = fileURLToPath(new URL('../../../events/requests/no-database.json', import.meta.url));
const arn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';
const unknown = 'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:nobody';
const undisturbed: Around = (_call, answer) => answer();

/** A command line whose AWS is an account in this process. */
const commandLine = async (
  around: Around = undisturbed,
  {
    environment = {},
    shell = {},
  }: { readonly environment?: Shell['environment']; readonly shell?: Partial<Shell> } = {},
) => {
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5, 8)), 1);
  const account = await localAccount(world, [parseRequest(example('no-database'))], around);
  onTestFinished(() => account.close());
  const run = (...args: readonly string[]) =>
    forestbridge(args, { aws: operatorConfiguration(account), environment, ...shell });
  const start = (...args: readonly string[]) => run('start', ...args, '--state-machine', arn);
  return { account, run, start };
};

type Account = Awaited<ReturnType<typeof localAccount>>;

/** Ends an execution that nobody is interested in any more. */
const abandon = async (account: Account, executionArn: string): Promise<void> => {
  account.executions.find(executionArn)?.stop(undefined, undefined);
  await account.concluded(executionArn);
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
    await abandon(account, executionArn);
  });

  it('prints an object whose status is RUNNING', async () => {
    const { start, account } = await commandLine();
    const outcome = outcomeOf(await start(request, '--json'));

    expect(outcome).toMatchObject({ status: 'RUNNING', error: null, cause: null, output: null });
    await abandon(account, outcome.execution ?? '');
  });

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

  it('hands on the file as it is written', async () => {
    const inputs: unknown[] = [];
    const { start, account } = await commandLine((call, answer) => {
      if (call.operation === 'StartExecution') inputs.push(call.input);
      return answer();
    });
    const { execution } = outcomeOf(await start(request, '--json'));
    await abandon(account, execution ?? '');

    expect(inputs).toMatchObject([{ input: readFileSync(request, 'utf8') }]);
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

  it('gives the execution back in the object, which still runs', async () => {
    const { start, account } = await commandLine(denying('GetExecutionHistory'));
    const started = await start(request, '--watch', '--json');
    const outcome = outcomeOf(started);

    expect(started).toMatchObject({ status: 1, complaint: '' });
    expect(outcome).toMatchObject({ status: 'RUNNING', error: null, output: null });
    expect(outcome).toMatchObject({ transitions: null, invocations: null, apiCalls: null, writes: null });
    expect(outcome.cause).toBe(
      `AWS refused: AccessDeniedException: User x is not authorized to perform: GetExecutionHistory. Have your role allow it, or use another one. The execution goes on; forestbridge explain ${outcome.execution} tells how it stands.`,
    );
    await account.concluded(outcome.execution ?? '');
    expect(account.executions.find(outcome.execution ?? '')?.standing.status).toBe('SUCCEEDED');
  });

  it('gives it back also where this program has a bug, which tells itself beside the object', async () => {
    const { start, account } = await commandLine((call, answer) => {
      if (call.operation !== 'DescribeExecution' || isFunctionKey(call.accessKeyId)) return answer();
      return Promise.resolve({ output: 'no JSON' });
    });
    const started = await start(request, '--json');
    const outcome = outcomeOf(started);

    expect(started.status).toBe(1);
    expect(outcome).toMatchObject({
      status: 'RUNNING',
      cause: expect.stringMatching(/^forestbridge itself failed: /),
    });
    expect(started.complaint).toMatch(/^\w*Error: [^]*\n +at /);
    await abandon(account, outcome.execution ?? '');
  });

  it('is told of the ledger, too, without which nothing can be explained', async () => {
    const { start } = await commandLine(undisturbed, { environment: { LEDGER_TABLE: 'another' } });
    const { status, complaint } = await start(jsonFile({ requestId: 'orders' }), '--watch');

    expect(status).toBe(1);
    expect(complaint).toMatch(
      /ResourceNotFoundException: .* Name the ledger's table in LEDGER_TABLE\. The execution goes on/,
    );
  });
});
