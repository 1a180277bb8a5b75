import { readFile } from 'node:fs/promises';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { main } from '../../scripts/write-configuration-schema.ts';

const kept = new URL('../../infra/configuration.schema.json', import.meta.url);
const example = new URL('../../forestbridge.jsonc', import.meta.url);

describe('the JSON schema of a configuration', () => {
  it('is kept as the code has it', async () => {
    expect(await main(kept, ['--check'])).toBe(0);
  });

  it('takes the example, which names it', async () => {
    const json: unknown = parse(await readFile(example, 'utf8'));
    // Editors read patterns as Unicode ones; Zod's reader does not.
    const text = (await readFile(kept, 'utf8')).replaceAll(String.raw`\\p{L}\\p{Z}\\p{N}`, String.raw`\\w `);
    const schema = z.fromJSONSchema(JSON.parse(text));

    expect(json).toMatchObject({ $schema: './infra/configuration.schema.json' });
    expect(schema.safeParse(json)).toMatchObject({ success: true });
    expect(schema.safeParse({ ...Object(json), surprise: 1 }).success).toBe(false);
  });
});
