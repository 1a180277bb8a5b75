import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';

/** Writes a JSON schema into a file, or with `--check` only says whether that is stale; returns the exit status. */
export const keepSchema = async (
  file: URL,
  schema: object,
  options: readonly string[],
  script: string,
): Promise<number> => {
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (!options.includes('--check')) {
    await writeFile(file, text);
    return 0;
  }
  if (isDeepStrictEqual(JSON.parse(await readFile(file, 'utf8')), JSON.parse(text))) return 0;
  console.error(`${file.pathname} is stale: run node ${script}.`);
  return 1;
};
