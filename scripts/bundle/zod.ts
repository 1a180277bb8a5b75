import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { readSources } from './sources.ts';

const utilities = /^import \{ util \} from "\.\.\/core\/index\.js";$/m;
const object = /^import \{ z \} from 'zod';$/m;
const jsonSchema = /(?:processors\.\w+Processor|create\w*JSONSchemaMethod)\([^()]*\)/g;
const method = /^ {4}(?:async )?(\w+)\([^()]*\) \{\n.*;\n {4}\},\n/gm;
const remembers = /^ {4}if \(!core\.globalConfig\.memoizer\)\n.*core\.memoizer\(\).*\n/m;
const compiler = /^ {4}const generateFastpass = [^]*?^ {4}\};\n|^ {8}if \(jit && [^]*?^ {8}\}\n/gm;
const compiles = 'const jit = !core.globalConfig.jitless;';

/** As a namespace Zod can be bundled in parts; as an object it comes whole, with all of its languages. */
export const withNamespace = (source: string): string =>
  source
    .replace(object, "import * as z from 'zod';")
    .replace(utilities, "import * as util from '../core/util.js';")
    .replaceAll('core.util.', 'util.');

/** Without the way from a schema to a JSON schema, which every class of Zod knows. */
export const withoutJsonSchema = (classes: string): string => classes.replaceAll(jsonSchema, 'undefined');

/** Without the short methods that nobody calls, each of which brings a class with it that is made at once. */
export const withoutMethods = (classes: string, callers: string): string =>
  classes.replaceAll(method, (all, name) =>
    callers.includes(`.${name}(`) || classes.includes(`this.${name}(`) ? all : '',
  );

/** Without the memory of circles: what a function reads is JSON, which has none. */
export const withoutMemory = (classes: string): string => classes.replace(remembers, '');

/** Without compiling a schema when it is first used: a function reads by it a few times only. */
export const withoutCompiling = (classes: string): string =>
  classes.replaceAll(compiler, '').replace(compiles, 'const jit = false;');

/** Zod, of which only those parts are bundled that a function uses. */
export const zod = (): Plugin => ({
  name: 'zod',
  setup(build) {
    const callers = readSources();
    build.onLoad({ filter: /[\\/]functions[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: withNamespace(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
    build.onLoad({ filter: /zod[\\/]v4[\\/]classic[\\/]schemas\.js$/ }, async ({ path }) => ({
      contents: withoutMethods(
        withoutMemory(withoutJsonSchema(withNamespace(await readFile(path, 'utf8')))),
        callers,
      ),
    }));
    build.onLoad({ filter: /zod[\\/]v4[\\/]core[\\/]schemas\.js$/ }, async ({ path }) => ({
      contents: withoutCompiling(await readFile(path, 'utf8')),
    }));
  },
});
