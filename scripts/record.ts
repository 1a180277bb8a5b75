import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseJson } from '../simulator/states/data/json.ts';
import { allCases, functionOf, type NamedCase, record } from './record/cases.ts';
import { RecordedFolder } from './record/files.ts';
import { recordFromAws, WouldWrite } from './record/from-aws.ts';
import { reasked } from './record/reask.ts';
import type { Recording } from './record/recording.ts';

const usage = `npm run record -- [CASE...] [options]

Makes the recordings in events/recorded anew: each function is called in a simulated account and
everything between it and AWS is written down. Recordings of AWS's documentation stay as they are.
CASE is a path or the beginning of one: database, database/join-domain, database/join-domain/from-nothing.

  --list          prints the cases and records nothing
  --check         writes nothing; exit status 1 where a recording is not what the code makes now
  --from aws      calls the functions in the account of the default credentials instead; each recording
                  is kept beside the case's as CASE-in-aws, passwords redacted
  --event FILE    with --from aws: the function's event, instead of the recording's
  --allow-writes  with --from aws: also calls that change something; without it a case ends at the first
  --documented    calls the functions anew with the answers of AWS's documentation that the recordings have,
                  and writes down what they ask and give back now; CASE is then one of those
  --into FOLDER   writes there instead of events/recorded

Settings of a function (LEDGER_TABLE and others) are taken from the environment with --from aws, else from
the case's recording.`;

const options = {
  help: { type: 'boolean' },
  list: { type: 'boolean' },
  check: { type: 'boolean' },
  from: { type: 'string', default: 'simulator' },
  event: { type: 'string' },
  'allow-writes': { type: 'boolean', default: false },
  documented: { type: 'boolean' },
  into: { type: 'string' },
} as const;

/** The command was called in a way that it does not know. */
class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
};

const isUnder = (path: string, names: readonly string[]): boolean =>
  names.length === 0 || names.some((name) => path === name || path.startsWith(`${name}/`));

const chosen = (names: readonly string[]): readonly NamedCase[] => {
  const all = allCases();
  const unknown = names.find((name) => !all.some(({ path }) => isUnder(path, [name])));
  if (unknown !== undefined)
    throw new WrongUsage(`There is no case ${unknown}; npm run record -- --list prints them.`);
  return all.filter(({ path }) => isUnder(path, names));
};

type Say = (line: string) => void;

interface Work {
  readonly path: string;
  make(): Promise<Recording>;
}

/** Makes recordings and keeps them; returns whether what was kept before is the same. */
const keep = async (
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
const documented = async (names: readonly string[], folder: RecordedFolder): Promise<readonly Work[]> => {
  const { documentation } = await folder.manifest();
  return Object.keys(documentation)
    .filter((path) => isUnder(path, names))
    .map((path) => ({ path, make: async () => reasked(functionOf(path), await folder.read(path)) }));
};

/** Strikes out what no case makes any more, and says of the others that the simulator made them. */
const settle = async (made: readonly string[], folder: RecordedFolder, say: Say): Promise<void> => {
  const manifest = await folder.manifest();
  const known = new Set(allCases().map(({ path }) => path));
  for (const path of manifest.simulator.filter((each) => !known.has(each))) {
    await folder.remove(path);
    say(`removed  ${path}`);
  }
  const simulator = new Set([...manifest.simulator.filter((path) => known.has(path)), ...made]);
  await folder.writeManifest({ ...manifest, simulator: [...simulator].toSorted() });
};

interface AwsOptions {
  readonly event: string | undefined;
  readonly allowWrites: boolean;
}

/** Records a case's function in the account of the caller's credentials. */
const inAws = async (
  { path, functionName }: NamedCase,
  kept: RecordedFolder,
  { event: file, allowWrites }: AwsOptions,
): Promise<Recording> => {
  const { event, environment = {} } = await kept.read(path);
  const given = file === undefined ? event : parseJson(await readFile(file, 'utf8'));
  const settings = Object.keys(environment).map((name) => [name, process.env[name] ?? environment[name]]);
  return recordFromAws(functionName, given, { environment: Object.fromEntries(settings), allowWrites });
};

const fromAws = async (
  cases: readonly NamedCase[],
  folder: RecordedFolder,
  awsOptions: AwsOptions,
  say: Say,
): Promise<boolean> => {
  const made: string[] = [];
  for (const each of cases) {
    const path = `${each.path}-in-aws`;
    try {
      await folder.write(path, await inAws(each, new RecordedFolder(), awsOptions));
      made.push(path);
      say(`recorded  ${path}`);
    } catch (error) {
      if (!(error instanceof WouldWrite)) throw error;
      say(`not recorded  ${path}: ${error.message}; --allow-writes lets it`);
    }
  }
  const manifest = await folder.manifest();
  const account = [...new Set([...manifest.account, ...made])].toSorted();
  await folder.writeManifest({ ...manifest, account });
  return made.length === cases.length;
};

const run = async (args: readonly string[], say: Say): Promise<number> => {
  const { values, positionals } = parsed(args);
  const { help, list, check, from, event, 'allow-writes': allowWrites, into } = values;
  if (help === true) {
    say(usage);
    return 0;
  }
  const folder = new RecordedFolder(into);
  if (values.documented === true) {
    const isFresh = await keep(await documented(positionals, folder), folder, check === true, say);
    return isFresh || check !== true ? 0 : 1;
  }
  const cases = chosen(positionals);
  if (list === true) {
    for (const { path } of cases) say(path);
    return 0;
  }
  if (from === 'aws') {
    if (positionals.length === 0) throw new WrongUsage('--from aws takes the cases to record, by name.');
    if (event !== undefined && cases.length > 1) throw new WrongUsage('--event is for one case.');
    return (await fromAws(cases, folder, { event, allowWrites }, say)) ? 0 : 1;
  }
  if (from !== 'simulator') throw new WrongUsage(`--from takes simulator or aws, not '${from}'.`);
  const works = cases.map((each) => ({ path: each.path, make: () => record(each) }));
  const isFresh = await keep(works, folder, check === true, say);
  if (check === true) return isFresh ? 0 : 1;
  await settle(
    cases.map(({ path }) => path),
    folder,
    say,
  );
  return 0;
};

/** Makes recordings as the options say; returns the exit status. */
export const main = async (
  args: readonly string[],
  say: Say = console.log,
  complain: Say = console.error,
): Promise<number> => {
  try {
    return await run(args, say);
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    complain(`${error.message}\nUsage: npm run record -- [CASE...] [options], see --help`);
    return 2;
  }
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
