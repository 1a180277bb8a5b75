import { z } from 'zod';
import { requestSchema } from '../functions/request/schema.ts';
import { keepSchema } from './json-schema-file.ts';

/** Keeps the request as JSON schema: what editors and other tools know of it. */
export const main = (file: URL, options: readonly string[]): Promise<number> => {
  const schema = { title: 'A request to Forestbridge', ...z.toJSONSchema(requestSchema, { io: 'input' }) };
  return keepSchema(file, schema, options, 'scripts/write-request-schema.ts');
};

if (import.meta.main)
  process.exitCode = await main(
    new URL('../events/request.schema.json', import.meta.url),
    process.argv.slice(2),
  );
