import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { requestSchema } from '../functions/request/schema.ts';

/** The request as JSON schema: what editors and other tools know of it. */
export const requestJsonSchema = (): object => ({
  title: 'A request to Forestbridge',
  ...z.toJSONSchema(requestSchema, { io: 'input' }),
});

/** Whether a file holds the schema as the code has it now. */
export const isFresh = async (file: URL): Promise<boolean> =>
  isDeepStrictEqual(
    JSON.parse(await readFile(file, 'utf8')),
    JSON.parse(JSON.stringify(requestJsonSchema())),
  );

/** Writes the schema, or with `--check` only says whether it is stale; returns the exit status. */
export const main = async (file: URL, options: readonly string[]): Promise<number> => {
  if (!options.includes('--check')) {
    await writeFile(file, `${JSON.stringify(requestJsonSchema(), null, 2)}\n`);
    return 0;
  }
  if (await isFresh(file)) return 0;
  console.error(`${file.pathname} is stale: run node scripts/write-request-schema.ts.`);
  return 1;
};

if (import.meta.main)
  process.exitCode = await main(
    new URL('../events/request.schema.json', import.meta.url),
    process.argv.slice(2),
  );
