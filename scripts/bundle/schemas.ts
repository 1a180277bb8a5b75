import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { readSources } from './sources.ts';

const literal = /^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm;
const key = /\[(_\w+)\]:/g;
const error = /^export var (\w+)\$ = ([^;]*;)\nn\d+_registry\.registerError\(\1\$, \1\);$/gm;

/**
 * Keys that are computed from a constant of the same file, written as what they are. A computed key may have side
 * effects, so every schema that has one stays in every bundle: all 800 operations of EC2.
 */
export const withPlainKeys = (schemas: string): string => {
  const literals = new Map([...schemas.matchAll(literal)].map(([, name = '', text]) => [name, text]));
  return schemas.replaceAll(key, (computed, name) => {
    const text = literals.get(name);
    return text === undefined ? computed : `${text}:`;
  });
};

/**
 * Without the errors that nobody asks for: they reach a function with the same name and message, of the service's own
 * class. Those that travel by another name than their own are kept, for only their schema tells the name.
 */
export const withoutErrors = (schemas: string, isAskedFor: (name: string) => boolean): string =>
  schemas.replaceAll(error, (all, name, schema) =>
    schema.includes('[_aQE]') || isAskedFor(name) ? all : `export var ${name}$ = ${schema}`,
  );

/** The SDK's schemas, so that only those are bundled which a function uses. */
export const schemas = (): Plugin => ({
  name: 'schemas',
  setup(build) {
    const asked = readSources();
    build.onLoad(
      { filter: /@aws-sdk[\\/][\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ },
      async ({ path }) => {
        const text = withoutErrors(await readFile(path, 'utf8'), (name) => asked.includes(name));
        return { contents: withPlainKeys(text), loader: 'js' };
      },
    );
  },
});
