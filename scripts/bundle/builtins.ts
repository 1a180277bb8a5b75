import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const namespace = 'builtin';
const identifier = /^[A-Za-z_$][\w$]*$/;

/** A module of Node with everything that it has; what nobody imports of it is dropped. */
const contentsOf = (name: string): string => {
  const names = Object.getOwnPropertyNames(process.getBuiltinModule(name)).filter(
    (each) => identifier.test(each) && each !== 'default',
  );
  return [
    `const builtin = process.getBuiltinModule('${name}');`,
    'export default builtin;',
    ...names.flatMap((each, index) => [
      `const _${index} = /* @__PURE__ */ (() => builtin.${each})();`,
      `export { _${index} as ${each} };`,
    ]),
  ].join('\n');
};

/**
 * Node's modules as they are asked for by name. An `import` reads everything that a module has, and so loads what it
 * keeps for later: the streams of files, standard input, the older half of cryptography.
 */
export const builtins = (): Plugin => ({
  name: namespace,
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_0-9/]+$/ }, ({ path, kind }) =>
      kind === 'import-statement' && isBuiltin(path)
        ? { path: path.replace('node:', ''), namespace, sideEffects: false }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: contentsOf(path) }));
  },
});
