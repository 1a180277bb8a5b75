import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../functions', import.meta.url));

/** Everything that our functions say, to find what they ask for by name. */
export const readSources = (): string =>
  globSync('**/*.ts', { cwd: folder })
    .toSorted()
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');
