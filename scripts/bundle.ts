import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { functions } from '../functions/functions.ts';
import { type Bundle, bundle } from './bundle/bundles.ts';
import { clientsOf, kilobytes, tooLarge } from './bundle/limits.ts';
import { rdsRoots } from './bundle/rds-roots.ts';

const rootsAdvice =
  'Pass --rds-roots FILE, such as https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.';

const write = (folder: string, name: string, file: string, contents: Uint8Array | string): void => {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, file), contents);
};

const row = ({ name, code, packages }: Bundle): string =>
  `${name.padEnd(24)}${kilobytes(code.length).padStart(8)} KB  ${clientsOf({ packages }).join(', ')}`.trimEnd();

/** The certificates that the login function knows RDS by, or why there are none. */
const rootsOf = (file: string | undefined): { readonly roots?: string; readonly problem?: string } => {
  try {
    return { roots: rdsRoots(file) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `RDS's root certificates cannot be read from ${file}: ${reason}. ${rootsAdvice}` };
  }
};

/** Writes bundles as Lambda gets them, with the certificates for the one that needs them; apart from them their source maps, if any. */
export const writeBundles = (folder: string, bundles: readonly Bundle[], roots: string | undefined): void => {
  const code = join(folder, 'functions');
  const maps = join(folder, 'maps');
  for (const stale of [code, maps]) rmSync(stale, { recursive: true, force: true });
  for (const made of bundles) {
    write(code, made.name, 'index.mjs', made.code);
    if (made.map !== null) write(maps, made.name, 'index.mjs.map', made.map);
  }
  if (roots !== undefined) write(code, 'create-windows-logins', 'rds-roots.pem', roots);
};

/** Makes every function's bundle and says how large each is; returns the exit status. */
export const main = async (
  folder: string,
  options: readonly string[],
  names: readonly string[] = Object.keys(functions),
): Promise<number> => {
  const { values } = parseArgs({
    args: [...options],
    options: { 'rds-roots': { type: 'string' }, 'without-maps': { type: 'boolean', default: false } },
  });
  const bundles = await bundle(names, { maps: !values['without-maps'] });
  const { roots, problem } = rootsOf(values['rds-roots']);
  writeBundles(folder, bundles, roots);
  for (const made of bundles) console.log(row(made));
  const problems = [...bundles.map(tooLarge), problem ?? null].filter((text) => text !== null);
  for (const text of problems) console.error(text);
  return problems.length === 0 ? 0 : 1;
};

if (import.meta.main) process.exitCode = await main('dist', process.argv.slice(2));
