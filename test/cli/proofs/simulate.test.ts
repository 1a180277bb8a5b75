import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Outcome, outcomeSchema } from '../../../cli/outcome.ts';
import { breakDescriptions } from '../../../simulator/world/breaks.ts';
import { forestbridge } from '../../support/shell.ts';
import { shownOn } from '../../support/terminal.ts';

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../events/requests/${name}.json`, import.meta.url));

const simulated = async (...args: readonly string[]): Promise<{ status: number; outcome: Outcome }> => {
  const { status, output } = await forestbridge(['simulate', ...args, '--json']);
  expect(output).toMatch(/^\{.*\}\n$/);
  return { status, outcome: outcomeSchema.parse(JSON.parse(output)) };
};

describe('simulate', () => {
  it('prints one object on the usual example, and nothing else, with --json', async () => {
    const { status, outcome } = await simulated();

    expect(status).toBe(0);
    expect(outcome).toMatchObject({
      status: 'SUCCEEDED',
      error: null,
      cause: null,
      output: { requestId: 'orders', trust: { state: 'Verified' }, database: { membership: 'joined' } },
      execution:
        'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:orders-20260105T080000',
    });
    const { virtualSeconds, transitions, invocations, apiCalls, writes } = outcome;
    expect(virtualSeconds * 10).toBe(Math.round(virtualSeconds * 10));
    for (const count of [transitions, invocations, apiCalls, writes]) expect(count).toBeGreaterThan(0);
  });

  it('gives the same run for the same seed, and another one for another', async () => {
    const [first, same, other] = await Promise.all(
      ['7', '7', '8'].map((seed) => simulated(example('no-database'), '--seed', seed)),
    );

    expect(same).toEqual(first);
    expect(other?.outcome.status).toBe('SUCCEEDED');
    expect(other?.outcome.virtualSeconds).not.toBe(first?.outcome.virtualSeconds);
  });

  it('tells people every step, what was built and how to connect', async () => {
    const { status, output, complaint } = await forestbridge(['simulate']);

    expect(status).toBe(0);
    expect(complaint).toBe('');
    expect(output).toMatch(/^\+0:00:00 {2}✓ Validate request\n/);
    expect(output).toMatch(/^\+\d:\d\d:\d\d {2}✓ Await directory +\d+ min( \d+ s)? {2}polled \d+ times$/m);
    expect(output).toMatch(
      /^\+\d:\d\d:\d\d {2}✓ Publish result\n\nSUCCEEDED\n {2}Directory {2}aws\.example\.com/m,
    );
    expect(output).toMatch(/^ {2}Logins {5}CORP\\DBAdmins, CORP\\O'Brien$/m);
    expect(output).toMatch(/^ {2}Kerberos {3}Server=tcp:orders\.aws\.example\.com,1433;/m);
    expect(output).toMatch(
      /\n\n\d+ min( \d+ s)? · \d+ state transitions · \d+ function calls · \d+ AWS calls · \d+ changes\n$/,
    );
    expect(output).not.toContain('\u001B');
  });

  it('ends on a terminal with what it prints in a pipe', async () => {
    const written: string[] = [];
    const screen = { isTerminal: true, width: 100, write: (text: string) => void written.push(text) };
    await forestbridge(['simulate', example('no-database')], { screen });
    const { output } = await forestbridge(['simulate', example('no-database')]);

    expect(shownOn(written.join('')).join('\n')).toBe(output);
  });

  it('tells the finding that a result carries', async () => {
    const { output } = await forestbridge(['simulate', example('two-way-forest')]);

    expect(output).toMatch(/^ {2}Note {7}The trust authenticates selectively/m);
  });

  it('lists what can be broken', async () => {
    const { status, output } = await forestbridge(['simulate', '--break', 'list']);

    expect(status).toBe(0);
    expect(output.trimEnd().split('\n')).toHaveLength(breakDescriptions.length);
    for (const [name, description] of breakDescriptions)
      expect(output).toContain(`${name.padEnd(22)} ${description}`);
  });

  it('refuses to break what the request does not depend on', async () => {
    const { status, output, complaint } = await forestbridge([
      'simulate',
      example('no-database'),
      '--break',
      'clock',
      '--break',
      'role',
    ]);

    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(complaint).toMatch(
      /^To break role has no effect on a request without a database\. Leave it out, or name a request that has one\.\n/,
    );
  });

  it('breaks all that it is asked to break, and ends with exit status 1', async () => {
    const { status, outcome } = await simulated('--break', 'role', '--break', 'domain-controller');

    expect(status).toBe(1);
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'PreflightFailed', output: null, writes: 0 });
    expect(outcome.cause).toMatch(/^- error node-offline: .*\n- error domain-role-policy: /m);
  });

  it('tells people which step failed, why, and what to do, with the command to copy on one line', async () => {
    const { status, output, complaint } = await forestbridge(['simulate', '--break', 'trust-password']);

    expect(status).toBe(1);
    expect(complaint).toBe('');
    expect(output).toMatch(/✗ {3}a Verify trust +failed\n/);
    expect(output).toMatch(/■ {3}b Await database .* called off\n/);
    expect(output).toContain('\n\nFAILED  TrustFailed\n\nThe request orders failed at "Verify trust"');
    expect(output).toMatch(
      /\n {2}aws stepfunctions redrive-execution --execution-arn arn:\S+:orders-20260105T080000\n/,
    );
    expect(output).toMatch(/The simulated account is gone with this run; .*\n$/);
  });

  it('ends with one object when it is interrupted', async () => {
    const { status, output } = await forestbridge(['simulate', '--json'], {
      interrupted: () => Promise.resolve(130),
    });

    expect(status).toBe(130);
    expect(output).toMatch(/^\{.*\}\n$/);
    expect(outcomeSchema.parse(JSON.parse(output))).toMatchObject({
      status: 'ABORTED',
      error: null,
      output: null,
      execution: expect.stringMatching(/:orders-20260105T080000$/),
    });
  });

  it('tells what it was doing when it is interrupted in the middle', async () => {
    const interruption = Promise.withResolvers<number>();
    const written: string[] = [];
    const write = (text: string): void => {
      written.push(text);
      interruption.resolve(130);
    };
    const { status } = await forestbridge(['simulate'], {
      screen: { isTerminal: false, width: 100, write },
      interrupted: () => interruption.promise,
    });

    expect(status).toBe(130);
    expect(written.join('')).toMatch(
      /✓ Validate request\n[^]*called off\n\nABORTED\n\nThe request orders was stopped/,
    );
  });
});
