import { z } from 'zod';
import { configurationSchema } from '../infra/configuration.ts';
import { keepSchema } from './json-schema-file.ts';

/** Keeps the configuration as JSON schema: what an editor knows of forestbridge.jsonc. */
export const main = (file: URL, options: readonly string[]): Promise<number> => {
  const schema = {
    title: 'The configuration of Forestbridge',
    ...z.toJSONSchema(configurationSchema, { io: 'input' }),
  };
  return keepSchema(file, schema, options, 'scripts/write-configuration-schema.ts');
};

if (import.meta.main)
  process.exitCode = await main(
    new URL('../infra/configuration.schema.json', import.meta.url),
    process.argv.slice(2),
  );
