import { readFile } from 'node:fs/promises';
import { parseJson } from '../../simulator/states/data/json.ts';
import type { NamedCase } from './cases.ts';
import { RecordedFolder } from './files.ts';
import { NotRecorded, recordFromAws } from './from-aws.ts';
import type { Say } from './keep.ts';
import type { Recording } from './recording.ts';

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

/** Records cases in the account and keeps each beside the simulator's; returns whether all could be. */
export const fromAws = async (
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
      if (!(error instanceof NotRecorded)) throw error;
      say(`not recorded  ${path}: ${error.message}`);
    }
  }
  const manifest = await folder.manifest();
  const account = [...new Set([...manifest.account, ...made])].toSorted();
  await folder.writeManifest({ ...manifest, account });
  return made.length === cases.length;
};
