import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Writes the host as JavaScript: two dozen processes that each strip the types of it take a second more. */
export const writeHost = async (file: string): Promise<void> => {
  await build({
    entryPoints: [fileURLToPath(new URL('host.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
};
