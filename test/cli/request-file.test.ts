import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Refused, readJsonFile } from '../../cli/request-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'request-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);
const written = (content: string | Buffer): string => {
  writeFileSync(path('request.json'), content);
  return path('request.json');
};
/** What a user is told of a file, after its name. */
const refusalOf = async (file: string): Promise<string> => {
  const error: unknown = await readJsonFile(file).catch((error: unknown) => error);
  if (!(error instanceof Refused) || !error.message.startsWith(`${file} `)) throw error;
  return error.message.slice(file.length);
};
const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
const greatest = 262_144;

describe('a file of JSON', () => {
  it.each([
    ['an object', '{"requestId":"orders"}', { requestId: 'orders' }],
    ['any other value', '[null,1]', [null, 1]],
    ['a byte order mark before it', '\uFEFF{}', {}],
    ['the greatest size', `"${'x'.repeat(greatest - 2)}"`, 'x'.repeat(greatest - 2)],
    ['brackets in its texts', `"${'[{'.repeat(2000)}\\"["`, `${'[{'.repeat(2000)}"[`],
  ])('is read: %s', async (_, content, json) => {
    expect((await readJsonFile(written(content))).json).toEqual(json);
  });

  it('keeps a key that an object has already', async () => {
    const { json } = await readJsonFile(written('{"__proto__":{"requestId":"orders"}}'));

    expect(Object.keys(Object(json))).toEqual(['__proto__']);
    expect(Object(json).requestId).toBeUndefined();
  });

  it('may be nested as deep as Step Functions takes it', async () => {
    expect((await readJsonFile(written(nested(1000)))).text).toBe(nested(1000));
  });
});

describe('a file is refused in one sentence, and its name,', () => {
  it.each([
    ['it is empty', '', 'is not JSON: Unexpected end of JSON input.'],
    [
      'it is malformed',
      '{"requestId": "a",',
      'is not JSON: Expected double-quoted property name in JSON at position',
    ],
    ['it is larger than 256 KiB', `"${'x'.repeat(greatest - 1)}"`, 'is larger than 256 KiB (262144 bytes)'],
    ['it is not UTF-8', Buffer.from('{"requestId":"\u00E9"}', 'latin1'), 'is not UTF-8'],
    ['it is UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'is not UTF-8'],
    ['it is nested too deep', nested(1001), 'has arrays or objects more than 1000 deep in each other'],
    ['it is nested deeper than any stack', '['.repeat(100_000) + ']'.repeat(100_000), 'more than 1000 deep'],
  ])('where %s', async (_, content, message) => {
    expect(await refusalOf(written(content))).toContain(message);
  });

  it.each([
    ['it does not exist', 'missing.json', 'it does not exist'],
    ['it is a folder', 'folder', 'it is a folder, not a file'],
    ['it lies below a file', 'request.json/request.json', 'a part of its path is a file, not a folder'],
    ['its links go round', 'circle', 'its symbolic links go round in a circle'],
    ['its name is too long', 'x'.repeat(300), 'its name is too long'],
  ])('where %s', async (_, name, message) => {
    written('{}');
    mkdirSync(path('folder'), { recursive: true });
    rmSync(path('circle'), { force: true });
    symlinkSync(path('circle'), path('circle'));

    expect(await refusalOf(path(name))).toContain(`cannot be read: ${message}. Name a JSON file.`);
  });
});
