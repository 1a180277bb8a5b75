import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Of a package's description only the version, which clients tell a server. */
export const packageVersions = (): Plugin => ({
  name: 'package versions',
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/].*[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
});
