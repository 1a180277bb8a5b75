import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { builtins } from './builtins.ts';
import { entries, entryOf } from './entries.ts';
import { leftOut } from './left-out.ts';
import { packageVersions } from './package-versions.ts';
import { schemas } from './schemas.ts';
import { zod } from './zod.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One function as Lambda gets it. */
export interface Bundle {
  readonly name: string;
  readonly code: Uint8Array;
  /** Null where none is asked for. */
  readonly map: Uint8Array | null;
  /** The packages that have a part in it. */
  readonly packages: readonly string[];
}

interface Options {
  /** As esbuild makes them for everybody, without what makes ours small. */
  readonly plain?: boolean;
  /** With source maps, which take a fifth of the time. */
  readonly maps?: boolean;
  /** Packages that are not bundled. */
  readonly external?: readonly string[];
}

type Settings = Pick<BuildOptions, 'mainFields' | 'banner' | 'plugins'>;

/** What makes the bundles small. */
const small = (): Settings => ({
  mainFields: ['module', 'main'],
  // What is CommonJS, such as tedious, asks for Node's modules by it, and for no other.
  banner: { js: 'const require = (name) => process.getBuiltinModule(name);' },
  plugins: [entries(), leftOut(), builtins(), schemas(), packageVersions(), zod()],
});

const everybodys = (): Settings => ({
  banner: {
    js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
  },
  plugins: [entries()],
});

const packageOf = (path: string): string | undefined =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];

const packagesIn = ({ outputs }: Metafile, file: string): readonly string[] => {
  const inputs = Object.keys(outputs[file]?.inputs ?? {});
  return [...new Set(inputs.map(packageOf))].filter((name) => name !== undefined).toSorted();
};

/** Bundles functions all at once, so that what they share is read once. */
export const bundle = async (
  names: readonly string[],
  { plain = false, maps = true, external = [] }: Options = {},
): Promise<readonly Bundle[]> => {
  const { outputFiles, metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: entryOf(name), out: `${name}/index` })),
    outdir: 'dist/functions',
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    legalComments: 'none',
    logLevel: 'silent',
    sourcemap: maps ? 'external' : false,
    // The sources themselves are in the repository and the lock file.
    sourcesContent: false,
    metafile: true,
    external: [...external],
    ...(plain ? everybodys() : small()),
  });
  // Such as an import that what we left out does not export.
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'));
  const contents = new Map(outputFiles.map((file) => [file.path, file.contents]));
  return names.map((name) => {
    const file = `dist/functions/${name}/index.mjs`;
    const code = contents.get(`${root}${file}`);
    const map = contents.get(`${root}${file}.map`) ?? null;
    if (code === undefined || (map === null) === maps) throw new Error(`esbuild made no ${file}.`);
    return { name, code, map, packages: packagesIn(metafile, file) };
  });
};
