import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ParseError, parse } from 'jsonc-parser';
import { z } from 'zod';
import { type Connection, connectionsSchema } from '../functions/request/connections.ts';
import { Refused } from './request-file.ts';
import type { Shell } from './shell.ts';

const example = new URL('../forestbridge.jsonc', import.meta.url);
const configurationSchema = z.object({ connections: connectionsSchema });

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refused(`There is no configuration ${file}. Name another one in FORESTBRIDGE_CONFIGURATION.`, {
      cause: error,
    });
  }
};

/** The connections that a deployment is configured with: where it says so, in FORESTBRIDGE_CONFIGURATION, or here. */
export const readConnections = ({ environment }: Pick<Shell, 'environment'>): readonly Connection[] => {
  const file = environment['FORESTBRIDGE_CONFIGURATION'] ?? fileURLToPath(example);
  const errors: ParseError[] = [];
  const json: unknown = parse(contentOf(file), errors, { allowTrailingComma: true });
  const parsed = configurationSchema.safeParse(json);
  if (errors.length === 0 && parsed.success) return parsed.data.connections;
  throw new Refused(`${file} is no configuration that could be deployed. npm run synth tells what is wrong.`);
};
