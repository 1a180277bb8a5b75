import { describe, expect, it } from 'vitest';
import { isFunctionKey } from '../../../cli/signatures.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { jsonFile } from '../../support/changed-world.ts';
import {
  type Around,
  abandon,
  arn,
  commandLine,
  outcomeOf,
  request,
  undisturbed,
  unknown,
} from '../../support/command-line.ts';

/** Denies one operation to whoever calls from outside. */
const denying =
  (operation: string): Around =>
  (call, answer) => {
    if (call.operation !== operation || isFunctionKey(call.accessKeyId)) return answer();
    throw new ServiceError('AccessDeniedException', `User x is not authorized to perform: ${operation}`);
  };

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
