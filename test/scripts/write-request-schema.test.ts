import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { main } from '../../scripts/write-request-schema.ts';
import { changed, example, exampleNames, pathOf } from '../functions/request/requests.ts';

const kept = new URL('../../events/request.schema.json', import.meta.url);

describe('the JSON schema of a request', () => {
  let folder: string;
  let file: URL;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'request-schema-'));
    file = pathToFileURL(join(folder, 'request.schema.json'));
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it('is kept as the code has it', async () => {
    expect(await main(kept, ['--check'])).toBe(0);
  });

  it('is fresh once it is written', async () => {
    expect(await main(file, [])).toBe(0);
    expect(await main(file, ['--check'])).toBe(0);
    expect(await readFile(file, 'utf8')).toMatch(/^\{\n {2}"title": "A request to Forestbridge",[^]*\}\n$/);
  });

  it('is stale where anything differs, and then stays as it is', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const stale = (await readFile(kept, 'utf8')).replace('"maximum": 16384', '"maximum": 16385');
    await writeFile(file, stale);

    expect(await main(file, ['--check'])).toBe(1);
    expect(said).toHaveBeenCalledExactlyOnceWith(
      `${file.pathname} is stale: run node scripts/write-request-schema.ts.`,
    );
    expect(await readFile(file, 'utf8')).toBe(stale);
  });

  // Zod reads patterns without the flag u, which JSON schema asks for: login names and tags are tried by themselves.
  it.each(exampleNames)('takes the example %s', async (name) => {
    const schema = z.fromJSONSchema(JSON.parse(await readFile(kept, 'utf8')));
    const request = changed(example(name), ['tags'], undefined);
    const plain =
      name === 'incoming-without-database' || name === 'no-database'
        ? request
        : changed(request, ['database', 'windowsLogins'], undefined);

    expect(schema.safeParse(plain)).toMatchObject({ success: true });
  });

  it('has patterns that are legal with the flag u, and take an apostrophe in a login', async () => {
    const patterns = [...(await readFile(kept, 'utf8')).matchAll(/"pattern": (".*")/g)].map(
      ([, pattern = '""']): unknown => JSON.parse(pattern),
    );

    const matching = patterns.filter((pattern) => new RegExp(String(pattern), 'u').test("CORP\\O'Brien"));

    expect(matching).toHaveLength(2);
  });

  it.each([
    ['requestId', 'a b'],
    ['requestId', undefined],
    ['password', 'x'],
    ['directory.directoryId', 'd-0123456789'],
    ['database.port', 80],
    ['database.existing', true],
    ['onPremises.networks', []],
    ['tags', { 'Aws:x': '' }],
  ])('refuses %s = %j', async (field, value) => {
    const schema = z.fromJSONSchema(JSON.parse(await readFile(kept, 'utf8')));

    expect(schema.safeParse(changed(example('one-way-forest'), pathOf(field), value)).success).toBe(false);
  });
});
