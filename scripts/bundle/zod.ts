import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const object = /^import \{ z \} from 'zod';$/m;
const jsonSchema = /(?:processors\.\w+Processor|create\w*JSONSchemaMethod)\([^()]*\)/g;

/** As a namespace Zod can be bundled in parts; as an object it comes whole, with all of its languages. */
export const withNamespace = (source: string): string => source.replace(object, "import * as z from 'zod';");

/** Without the way from a schema to a JSON schema, which every class of Zod knows. */
export const withoutJsonSchema = (classes: string): string => classes.replaceAll(jsonSchema, 'undefined');

/** Zod, of which only those parts are bundled that a function uses. */
export const zod = (): Plugin => ({
  name: 'zod',
  setup(build) {
    build.onLoad({ filter: /[\\/]functions[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: withNamespace(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
    build.onLoad({ filter: /zod[\\/]v4[\\/]classic[\\/]schemas\.js$/ }, async ({ path }) => ({
      contents: withoutJsonSchema(await readFile(path, 'utf8')),
    }));
  },
});
