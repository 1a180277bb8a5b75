import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Conflict, NotReady, TrustFailed } from '../../../functions/support/errors.ts';
import type { Runtime } from '../../../functions/support/runtime.ts';
import { step } from '../../../functions/support/step.ts';
import { lambdaContext } from '../../support/lambda-context.ts';

const password = 'S3cret';
const clientConfiguration: Runtime['clientConfiguration'] = { region: 'eu-west-1', maxAttempts: 1 };

interface Tools {
  readonly settings: { readonly TABLE: string };
  readonly configuration: Runtime['clientConfiguration'];
  readonly now: Runtime['now'];
  readonly connect: Runtime['connect'];
}

/** A step that does what a test wants, and the lines of its log. */
const prepare = (run: (input: { count: number }, tools: Tools) => Promise<{ doubled: number }>) => {
  const lines: unknown[] = [];
  const write =
    (level: string) =>
    (message: string, fields: object): void => {
      lines.push({ level, message, ...fields });
    };
  const runtime: Runtime = {
    clientConfiguration,
    environment: { TABLE: 'ledger', UNUSED: password },
    now: () => new Date(0),
    connect: () => Promise.reject(new Error('Nothing listens.')),
    put: () => Promise.reject(new Error('Nobody waits.')),
    log: { debug: write('debug'), info: write('info'), error: write('error') },
  };
  const doubling = step({
    name: 'double',
    input: z.object({ count: z.int(), inner: z.object({ list: z.array(z.string()) }).optional() }),
    output: z.object({ doubled: z.int() }),
    settings: z.object({ TABLE: z.string().min(1) }),
    clients: (configuration) => ({ configuration }),
    fails: TrustFailed,
    run,
  });
  return { doubling, runtime, lines, handler: doubling.bind(runtime) };
};

describe('step', () => {
  it('hands over the parsed input and the tools, and returns the checked output', async () => {
    const seen: unknown[] = [];
    const { handler, runtime, lines, doubling } = prepare(async (input, tools) => {
      seen.push(input, tools);
      return { doubled: 2 * input.count, more: 'than asked for' };
    });

    const output = await handler({ count: 2, unknown: password }, lambdaContext);

    expect(doubling.name).toBe('double');
    expect(output).toEqual({ doubled: 4 });
    expect(seen).toEqual([
      { count: 2 },
      {
        configuration: clientConfiguration,
        settings: { TABLE: 'ledger' },
        now: runtime.now,
        connect: runtime.connect,
        put: runtime.put,
        log: runtime.log,
      },
    ]);
    expect(lines).toEqual([{ level: 'info', message: 'double is done', step: 'double' }]);
  });

  it('may be called again by the same handler', async () => {
    const { handler } = prepare(async ({ count }) => ({ doubled: 2 * count }));

    await expect(handler({ count: 1 }, lambdaContext)).resolves.toEqual({ doubled: 2 });
    await expect(handler({ count: 2 }, lambdaContext)).resolves.toEqual({ doubled: 4 });
  });

  it.each([
    [{}, 'double cannot read its input: count: Invalid input: expected number, received undefined.'],
    ['S3cret', 'double cannot read its input: input: Invalid input: expected object, received string.'],
    [
      { count: 'S3cret', inner: { list: [1] } },
      'double cannot read its input: count: Invalid input: expected number, received string; inner.list.0: Invalid input: expected string, received number.',
    ],
  ])('refuses an input of %j, naming every field and no value', async (event, message) => {
    const { handler, lines } = prepare(async () => ({ doubled: 0 }));

    await expect(handler(event, lambdaContext)).rejects.toMatchObject({ name: 'InvalidRequest', message });

    expect(lines).toEqual([
      {
        level: 'error',
        message: 'double failed',
        step: 'double',
        error: 'InvalidRequest',
        reason: message,
      },
    ]);
  });

  it('refuses to be bound without its settings', () => {
    const { doubling, runtime } = prepare(async () => ({ doubled: 0 }));

    expect(() => doubling.bind({ ...runtime, environment: {} })).toThrow(/TABLE/);
  });

  it('fails where what it is to return is not what it promised', async () => {
    const { handler, lines } = prepare(async () => ({ doubled: 0.5 }));

    await expect(handler({ count: 1 }, lambdaContext)).rejects.toMatchObject({ name: 'ZodError' });

    expect(lines).toMatchObject([{ level: 'error', error: 'ZodError' }]);
  });

  it('logs that it waits at the level of debug', async () => {
    const { handler, lines } = prepare(() => Promise.reject(new NotReady('It is Creating.')));

    await expect(handler({ count: 1 }, lambdaContext)).rejects.toBeInstanceOf(NotReady);

    expect(lines).toEqual([
      {
        level: 'debug',
        message: 'double waits',
        step: 'double',
        error: 'NotReady',
        reason: 'It is Creating.',
      },
    ]);
  });

  it.each([
    [new Conflict('It differs.'), 'Conflict', 'It differs.'],
    [
      Object.assign(new Error('No.'), { name: 'SomeFault', $metadata: { httpStatusCode: 400 } }),
      'TrustFailed',
      'SomeFault: No.',
    ],
    [
      Object.assign(new Error('Rate exceeded'), { name: 'Throttling', $metadata: { httpStatusCode: 400 } }),
      'Throttled',
      'AWS asked to try again later: Throttling: Rate exceeded',
    ],
    [new RangeError('a bug'), 'RangeError', 'a bug'],
  ])('ends with a named error for %s, and logs it', async (thrown, error, reason) => {
    const { handler, lines } = prepare(() => Promise.reject(thrown));

    await expect(handler({ count: 1 }, lambdaContext)).rejects.toMatchObject({
      name: error,
      message: reason,
    });

    expect(lines).toEqual([{ level: 'error', message: 'double failed', step: 'double', error, reason }]);
  });

  it('logs nothing of its input, its environment, its output or a cause', async () => {
    const { handler, lines } = prepare(async ({ count }) => {
      if (count > 0) return { doubled: 4711 };
      throw new Conflict('It differs.', { cause: new Error(password) });
    });

    await handler({ count: 1, password }, lambdaContext);
    await handler({ count: 0, password }, lambdaContext).catch(() => {});

    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toMatch(/S3cret|4711/);
  });
});
