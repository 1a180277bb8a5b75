import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FunctionName, functions } from '../functions/functions.ts';
import { bundle } from '../scripts/bundle/bundles.ts';

/** Below the project, so that an SDK that is left external is found. */
const folder = fileURLToPath(new URL('../dist/bench', import.meta.url));

const kinds = {
  ours: {},
  plain: { plain: true },
  external: { plain: true, external: ['@aws-sdk/*', '@smithy/*'] },
};
type Kind = keyof typeof kinds;

/** Of one client, of several, of the largest service, and the one with a database driver. */
const measured: readonly FunctionName[] = [
  'verify-trust',
  'ensure-directory',
  'open-directory-traffic',
  'create-windows-logins',
];

const fileOf = (kind: string, name: string): string => `${folder}/${kind}/${name}/index.mjs`;

const build = async (): Promise<void> => {
  for (const [kind, options] of Object.entries(kinds))
    for (const { name, code } of await bundle(measured, options)) {
      mkdirSync(`${folder}/${kind}/${name}`, { recursive: true });
      writeFileSync(fileOf(kind, name), code);
    }
};

const timer = `
  const started = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - started);
`;

/** Milliseconds that a fresh process takes to import a bundle, which binds its handler. */
const initOf = (file: string, settings: readonly string[]): number => {
  const env = { AWS_REGION: 'eu-central-1', ...Object.fromEntries(settings.map((name) => [name, 'set'])) };
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', timer, file],
    { encoding: 'utf8', env },
  );
  if (status !== 0) throw new Error(`${file} cannot be imported: ${stderr}`);
  return Number(stdout);
};

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const row = (cells: readonly string[]): void =>
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(16))).join(''));

/** Init of our bundles beside plain ones and beside those that leave the SDK out, by turns. */
export const benchBundles = async (runs: number): Promise<void> => {
  await build();
  console.log(`\nInit of a bundle, median of ${runs} fresh processes each (targets: at most 0.6 and 0.35)`);
  row(['', 'ours', 'plain', 'SDK external', 'ours / plain', 'ours / external']);
  for (const name of measured) {
    const { settings } = await functions[name]();
    const times: Record<Kind, number[]> = { ours: [], plain: [], external: [] };
    for (let run = 0; run < runs; run += 1) {
      times.ours.push(initOf(fileOf('ours', name), settings));
      times.plain.push(initOf(fileOf('plain', name), settings));
      times.external.push(initOf(fileOf('external', name), settings));
    }
    const [ours, plain, external] = [median(times.ours), median(times.plain), median(times.external)];
    const milliseconds = [ours, plain, external].map((time) => `${time.toFixed(1)} ms`);
    row([name, ...milliseconds, (ours / plain).toFixed(2), (ours / external).toFixed(2)]);
  }
  rmSync(folder, { recursive: true });
};
