import { allCases, type NamedCase, record } from './record/cases.ts';
import { parsed, usage, WrongUsage } from './record/command-line.ts';
import { RecordedFolder } from './record/files.ts';
import { documented, isUnder, keep, type Say, settle } from './record/keep.ts';
import { fromAws } from './record/keep-from-aws.ts';

const chosen = (names: readonly string[]): readonly NamedCase[] => {
  const all = allCases();
  const unknown = names.find((name) => !all.some(({ path }) => isUnder(path, [name])));
  if (unknown !== undefined)
    throw new WrongUsage(`There is no case ${unknown}; npm run record -- --list prints them.`);
  return all.filter(({ path }) => isUnder(path, names));
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
    const works = await documented(positionals, folder);
    if (works.length === 0) throw new WrongUsage("There is no such recording of AWS's documentation.");
    const isFresh = await keep(works, folder, check === true, say);
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
