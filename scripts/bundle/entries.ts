import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const folder = fileURLToPath(new URL('../../functions', import.meta.url));
const listed = /(?:'([\w-]+)'|(\w+)): async \(\) =>\s*\(await import\('([^']+)'\)\)\.(\w+)/g;

/** Where `functions.ts` loads each function from, as the entry of its bundle. */
export const entriesOf = (list: string): ReadonlyMap<string, string> =>
  new Map(
    [...list.matchAll(listed)].map(([, quoted, plain = '', path, step]) => [
      quoted ?? plain,
      [
        `import { ${step} } from '${path}';`,
        `import { lambdaHandler } from './support/lambda.ts';`,
        `export const handler = lambdaHandler(${step}, import.meta.url);`,
      ].join('\n'),
    ]),
  );

/** What the entry of a function is imported as. */
export const entryOf = (name: string): string => `function:${name}`;

/** Makes the entries: each imports one function's step and nothing of the others. */
export const entries = (): Plugin => ({
  name: 'entries',
  setup(build) {
    const made = entriesOf(readFileSync(`${folder}/functions.ts`, 'utf8'));
    build.onResolve({ filter: /^function:/ }, ({ path }) => ({
      path: path.replace('function:', ''),
      namespace: 'function',
    }));
    build.onLoad({ filter: /./, namespace: 'function' }, ({ path }) => {
      const contents = made.get(path);
      return contents === undefined
        ? { errors: [{ text: `functions/functions.ts does not load ${path} by an import of its own.` }] }
        : { contents, resolveDir: folder, loader: 'ts' };
    });
  },
});
