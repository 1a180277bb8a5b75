import { allCases, functionOf } from './cases.ts';
import type { RecordedFolder } from './files.ts';
import { reasked } from './reask.ts';
import type { Recording } from './recording.ts';

/** Whether a path is one of these names or lies under one; every path does where there are none. */
export const isUnder = (path: string, names: readonly string[]): boolean =>
  names.length === 0 || names.some((name) => path === name || path.startsWith(`${name}/`));

export type Say = (line: string) => void;

/** A recording to be made. */
interface Work {
  readonly path: string;
  readonly make: () => Promise<Recording>;
}

/** Makes recordings and keeps them; returns whether what was kept before is the same. */
export const keep = async (
  works: readonly Work[],
  folder: RecordedFolder,
  check: boolean,
  say: Say,
): Promise<boolean> => {
  let isFresh = true;
  for (const { path, make } of works) {
    const recording = await make().catch((cause: unknown) => {
      throw new Error(`${path} cannot be recorded.`, { cause });
    });
    if (await folder.holds(path, recording)) continue;
    isFresh = false;
    say(`${check ? 'stale' : 'recorded'}  ${path}`);
    if (!check) await folder.write(path, recording);
  }
  return isFresh;
};

/** The recordings of AWS's documentation, to be asked anew. */
export const documented = async (
  names: readonly string[],
  folder: RecordedFolder,
): Promise<readonly Work[]> => {
  const { documentation } = await folder.manifest();
  return Object.keys(documentation)
    .filter((path) => isUnder(path, names))
    .map((path) => ({ path, make: async () => reasked(functionOf(path), await folder.read(path)) }));
};

/** Strikes out what no case makes any more, and says of the others that the simulator made them. */
export const settle = async (made: readonly string[], folder: RecordedFolder, say: Say): Promise<void> => {
  const manifest = await folder.manifest();
  const known = new Set(allCases().map(({ path }) => path));
  for (const path of manifest.simulator.filter((each) => !known.has(each))) {
    await folder.remove(path);
    say(`removed  ${path}`);
  }
  const simulator = new Set([...manifest.simulator.filter((path) => known.has(path)), ...made]);
  await folder.writeManifest({ ...manifest, simulator: [...simulator].toSorted() });
};
