import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'jsonc-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcomeSchema } from '../../../cli/outcome.ts';
import { jsonFile } from '../../support/changed-world.ts';
import { forestbridge } from '../../support/shell.ts';
import { shownOn } from '../../support/terminal.ts';

const example = fileURLToPath(new URL('../../../events/catalog/orders.json', import.meta.url));
const form: readonly { readonly Key: string; readonly Value: string }[] = JSON.parse(
  readFileSync(example, 'utf8'),
);
const plainForm = Object.fromEntries(form.map(({ Key, Value }) => [Key, Value]));

const requested = async (...args: readonly string[]) => {
  const { status, output } = await forestbridge(['request', ...args, '--via', 'catalog', '--json']);
  expect(output).toMatch(/^\{.*\}\n$/);
  return { status, outcome: outcomeSchema.parse(JSON.parse(output)) };
};

/** Asks in a deployment that is configured by that file. */
const asking = async (file: string) =>
  forestbridge(['request', example, '--via', 'catalog'], {
    environment: { FORESTBRIDGE_CONFIGURATION: file },
  });

describe('request', () => {
  let piped: Awaited<ReturnType<typeof forestbridge>>;
  beforeAll(async () => {
    piped = await forestbridge(['request', example, '--via', 'catalog']);
  });

  it('shows the way from the form to the outputs', () => {
    const { status, output, complaint } = piped;

    expect(status).toBe(0);
    expect(complaint).toBe('');
    expect(output).toMatch(/^CREATE_COMPLETE {4}WaitHandle\n\+0:00:00 {2}✓ Validate request\n/);
    expect(output).toMatch(/✓ Publish result\nCREATE_COMPLETE {4}Request\nCREATE_COMPLETE {4}Done\n/);
    expect(output).toMatch(
      /\n {2}RequestId {4}(pp-\w{13})\n {2}Endpoint {5}orders\.\S+\n {2}Port {9}1433\n {2}KerberosName orders\.\1\.aws\.example\.com\n/,
    );
    expect(output).toMatch(/\n\n\d+ min( \d+ s)? · \d+ state transitions · /);
    expect(output).not.toContain('\u001B');
  });

  it('ends on a terminal with what it prints in a pipe, for a form in either notation', async () => {
    const written: string[] = [];
    const screen = { isTerminal: true, width: 100, write: (text: string) => void written.push(text) };
    await forestbridge(['request', jsonFile(plainForm), '--via', 'catalog'], { screen });

    // What ends at the same moment does so in either order.
    expect(shownOn(written.join('')).toSorted()).toEqual(piped.output.split('\n').toSorted());
  });

  it('prints one object with the outputs', async () => {
    await expect(requested(example)).resolves.toMatchObject({
      status: 0,
      outcome: {
        status: 'SUCCEEDED',
        error: null,
        cause: null,
        output: { Port: '1433', Endpoint: expect.any(String), KerberosName: expect.any(String) },
        execution: expect.stringMatching(/:execution:forestbridge-provision:pp-\w{13}-[0-9a-f-]{36}$/),
      },
    });
  });

  it('says what went wrong, as the catalog does', async () => {
    const { status, outcome } = await requested(example, '--break', 'port-389', '--seed', '7');

    expect(status).toBe(1);
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'PreflightFailed', output: null });
    expect(outcome.cause).toMatch(/^Done: WaitCondition received failed message: '.*TCP 389 \(LDAP\)/);
    expect(outcome.transitions).toBeGreaterThan(0);
  });

  it('says what the form lacks, before an execution begins', async () => {
    const file = jsonFile({ ...plainForm, Connection: 'rival' });
    const { status, outcome } = await requested(file);

    expect(status).toBe(1);
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: null,
      cause: "Parameter 'Connection' must be one of AllowedValues",
      execution: null,
      transitions: 0,
      writes: 0,
    });
  });

  it("takes another deployment's connections", async () => {
    const configuration = fileURLToPath(new URL('../../../forestbridge.jsonc', import.meta.url));
    const configured: unknown = parse(readFileSync(configuration, 'utf8').replace('"corp"', '"rival"'));
    const environment = { FORESTBRIDGE_CONFIGURATION: jsonFile(configured) };
    const file = jsonFile({ ...plainForm, Connection: 'rival' });

    const { status } = await forestbridge(['request', file, '--via', 'catalog'], { environment });
    expect(status).toBe(0);
  });

  it('says so where the catalog would offer nothing', async () => {
    const configuration = fileURLToPath(new URL('../../../forestbridge.jsonc', import.meta.url));
    const text = readFileSync(configuration, 'utf8').replace(
      '"identifierPrefixes": ["orders"]',
      '"identifierPrefixes": []',
    );

    const { status, complaint } = await asking(jsonFile(parse(text)));
    expect(status).toBe(1);
    expect(complaint).toMatch(/^No connection of the configuration can hold a database.*identifierPrefixes/);
  });

  it.each<[string, readonly string[], number, RegExp]>([
    [
      'no way',
      [example],
      2,
      /^--via is missing\. Write --via catalog\.\nUsage: forestbridge request PARAMETERS/,
    ],
    ['another way', [example, '--via', 'mail'], 2, /^--via takes 'catalog', not 'mail'\./],
    ['no form', ['--via', 'catalog'], 2, /^The PARAMETERS is missing\./],
    [
      'a file that is none',
      ['none.json', '--via', 'catalog'],
      1,
      /^none\.json cannot be read: it does not exist/,
    ],
    ['a cause that there is not', [example, '--via', 'catalog', '--break', 'x'], 2, /^There is no cause 'x'/],
  ])('refuses %s', async (_what, args, expected, words) => {
    const { status, complaint } = await forestbridge(['request', ...args]);

    expect(status).toBe(expected);
    expect(complaint).toMatch(words);
  });

  it('refuses a file that holds no form, and a configuration that is none', async () => {
    const noForm = await forestbridge(['request', jsonFile([1]), '--via', 'catalog']);
    expect(noForm.status).toBe(1);
    expect(noForm.complaint).toContain(' is no filled-in form. Write {');

    const missing = await asking('none.jsonc');
    expect(missing.complaint).toMatch(/^There is no configuration none\.jsonc\. Name another one in/);
    const wrong = await asking(jsonFile({ connections: 1 }));
    expect(wrong.complaint).toContain(' is no configuration that could be deployed.');
    expect([missing.status, wrong.status]).toEqual([1, 1]);
  });

  it('lists what can be broken', async () => {
    const { status, output } = await forestbridge(['request', '--break', 'list']);

    expect(status).toBe(0);
    expect(output).toMatch(/^port-389 /m);
  });
});
