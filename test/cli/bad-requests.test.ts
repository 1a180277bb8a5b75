import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Outcome, outcomeSchema } from '../../cli/outcome.ts';
import { changed, example, pathOf } from '../functions/request/requests.ts';
import { forestbridge } from '../support/shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'bad-requests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const usual = example('one-way-forest');
const withAll = (differences: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.entries(differences).reduce((json, [path, value]) => changed(json, pathOf(path), value), usual),
  );
let files = 0;
const fileOf = (content: string): string => {
  files += 1;
  const file = join(folder, `${files}.json`);
  writeFileSync(file, content);
  return file;
};

const outcomeOf = async (file: string): Promise<Outcome> => {
  const { status, output, complaint } = await forestbridge(['simulate', file, '--json']);
  expect(status).toBe(1);
  expect(complaint).toBe('');
  const outcome = outcomeSchema.parse(JSON.parse(output));
  expect(outcome).toMatchObject({ output: null, writes: 0 });
  expect(outcome.cause).not.toMatch(/^ +at /m);
  return outcome;
};

/** The fields that a cause lists, each at the beginning of its line. */
const fieldsOf = ({ cause }: Outcome): readonly string[] =>
  [...(cause ?? '').matchAll(/^- (.+?): /gm)].map(([, field = '']) => field);

const login = 'database.windowsLogins[0].name';
const forbidden = '"/\\[]:;|=,+*?<>@'.split('');

describe('a request that cannot be carried out', () => {
  it.each([
    ['an unknown key', withAll({ colour: 'red', 'trust.via': 1 }), ['trust.via', 'colour']],
    [
      'a wrong type',
      withAll({ 'onPremises.networks': '10.20.0.0/16', requestId: 5 }),
      ['requestId', 'onPremises.networks'],
    ],
    ['shell metacharacters', withAll({ requestId: 'a; rm -rf $(x) `y`' }), ['requestId']],
    [
      'everything as a network',
      withAll({ 'onPremises.clientNetworks': ['0.0.0.0/0', '::/0'] }),
      ['onPremises.clientNetworks[0]', 'onPremises.clientNetworks[1]'],
    ],
    ['too wide a network', withAll({ 'onPremises.networks[0]': '10.0.0.0/7' }), ['onPremises.networks[0]']],
    [
      'a database open to everything',
      withAll({ 'database.allowedNetworks': ['0.0.0.0/0'] }),
      ['database.allowedNetworks[0]'],
    ],
    [
      'a key that every object has',
      `${JSON.stringify(usual).slice(0, -1)},"__proto__":{"requestId":"x"}}`,
      ['["__proto__"]'],
    ],
    ['a list', '[{}]', ['request']],
    ['an empty list', '[]', ['request']],
    ['null', 'null', ['request']],
    ['a text', '"orders"', ['request']],
    ['a number', '42', ['request']],
    ['an empty object', '{}', ['requestId', 'directory', 'onPremises', 'trust']],
    [
      'lists as deep as they may be',
      `${JSON.stringify(usual).slice(0, -1)},"x":${'['.repeat(900)}${']'.repeat(900)}}`,
      ['x'],
    ],
    ['a very long list', withAll({ x: Array.from({ length: 20_000 }, () => 1) }), ['x']],
  ])('fails in its first step, which names every field: %s', async (_, content, fields) => {
    const outcome = await outcomeOf(fileOf(content));

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'InvalidRequest' });
    expect(fieldsOf(outcome)).toEqual(fields);
  });

  it.each(forbidden)('may have no login with %s in its name', async (character) => {
    const outcome = await outcomeOf(fileOf(withAll({ [login]: `CORP\\a${character}b` })));

    expect(outcome.error).toBe('InvalidRequest');
    expect(fieldsOf(outcome)).toEqual([login]);
  });

  it('is told every field, however many there are', async () => {
    const logins = Array.from({ length: 40 }, (_none, index) => ({
      name: `CORP\\a*${index}`,
      serverRoles: [],
    }));
    const outcome = await outcomeOf(fileOf(withAll({ 'database.windowsLogins': logins })));

    expect(fieldsOf(outcome)).toEqual(logins.map((_login, index) => `database.windowsLogins[${index}].name`));
    expect(outcome.cause).toContain('Next: ');
  });
});

describe('a file that holds no request', () => {
  it.each([
    ['malformed JSON', '{"requestId": "a",', /is not JSON: /],
    ['more than 256 KiB', `"${'x'.repeat(262_144)}"`, /is larger than 256 KiB/],
    ['nothing', '', /is not JSON: /],
  ])('is refused by the command itself: %s', async (_, content, message) => {
    const outcome = await outcomeOf(fileOf(content));

    expect(outcome).toMatchObject({
      status: 'REFUSED',
      error: null,
      execution: null,
      invocations: 0,
      apiCalls: 0,
    });
    expect(outcome.cause).toMatch(message);
  });

  it('is refused on the standard error where no object is asked for', async () => {
    const missing = join(folder, 'missing.json');

    expect(await forestbridge(['simulate', missing])).toEqual({
      status: 1,
      output: '',
      complaint: `${missing} cannot be read: it does not exist. Name a JSON file.\n`,
    });
  });

  it('is refused for start before anything is asked of AWS', async () => {
    const arn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';
    const { status, complaint } = await forestbridge(['start', folder, '--state-machine', arn]);

    expect(status).toBe(1);
    expect(complaint).toBe(`${folder} cannot be read: it is a folder, not a file. Name a JSON file.\n`);
  });
});
