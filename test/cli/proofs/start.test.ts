import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { abandon, commandLine, outcomeOf, request } from '../../support/command-line.ts';

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
