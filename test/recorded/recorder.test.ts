import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allCases, record } from '../../scripts/record/cases.ts';
import { RecordedFolder, textOf } from '../../scripts/record/files.ts';
import { reasked } from '../../scripts/record/reask.ts';
import type { Recording } from '../../scripts/record/recording.ts';
import { main } from '../../scripts/record.ts';

/** One of every subject. */
const some = new Set([
  'request/claim-request/holder-has-ended',
  'directory/ensure-directory/after-a-lost-answer',
  'domain-controller/send-command/from-nothing',
  'trust/ensure-trust/from-nothing',
  'database/create-windows-logins/from-nothing',
  'report/explain-execution/failed',
]);

const run = async (...args: string[]) => {
  const said: string[] = [];
  const complained: string[] = [];
  const status = await main(
    args,
    (line) => said.push(line),
    (line) => complained.push(line),
  );
  return { status, said, complained };
};

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'forestbridge-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

describe('the recorder', () => {
  it.each(allCases().filter(({ path }) => some.has(path)))('makes $path anew to the letter', async (each) => {
    const kept = await new RecordedFolder().read(each.path);

    expect(textOf(await record(each))).toBe(textOf(kept));
  });

  it('writes what it is asked for, and where that comes from', async () => {
    const folder = await newFolder();

    expect(await run('request/validate-request/accepted', '--into', folder)).toEqual({
      status: 0,
      said: ['recorded  request/validate-request/accepted'],
      complained: [],
    });
    expect(await new RecordedFolder(folder).paths()).toEqual(['request/validate-request/accepted']);
    expect(await new RecordedFolder(folder).manifest()).toEqual({
      simulator: ['request/validate-request/accepted'],
      account: [],
      documentation: {},
    });
  });

  it('says which recordings are stale, and leaves them', async () => {
    const folder = await newFolder();
    const name = 'request/validate-request/accepted';
    const check = [name, '--check', '--into', folder];
    await run(name, '--into', folder);

    expect(await run(...check)).toMatchObject({ status: 0, said: [] });

    const file = join(folder, `${name}.json`);
    await writeFile(file, (await readFile(file, 'utf8')).replace('orders', 'invoices'));
    const edited = await readFile(file, 'utf8');

    expect(await run(...check)).toMatchObject({ status: 1, said: [`stale  ${name}`] });
    expect(await readFile(file, 'utf8')).toBe(edited);
  });

  it('removes what no case makes any more, and leaves the documented ones alone', async () => {
    const folder = new RecordedFolder(await newFolder());
    const kept = await new RecordedFolder().read('request/claim-request/documented');
    await folder.write('request/claim-request/gone', kept);
    await folder.write('request/claim-request/documented', kept);
    const documentation = { 'request/claim-request/documented': [] };
    await folder.writeManifest({ simulator: ['request/claim-request/gone'], account: [], documentation });

    await run('request/validate-request/accepted', '--into', folder.location);

    expect(await folder.paths()).toEqual([
      'request/claim-request/documented',
      'request/validate-request/accepted',
    ]);
    expect(await folder.manifest()).toEqual({
      simulator: ['request/validate-request/accepted'],
      account: [],
      documentation,
    });
  });

  it('asks anew with the answers of the documentation, and keeps those', async () => {
    const folder = new RecordedFolder(await newFolder());
    const path = 'directory/ensure-directory/documented-from-nothing';
    const kept = await new RecordedFolder().read(path);
    const { error: _, ...unasked } = structuredClone(kept);
    for (const call of unasked.calls) call.input = {};
    const jumbled = unasked.calls.toSorted((one, other) => other.operation.localeCompare(one.operation));
    await folder.write(path, { ...unasked, calls: jumbled });
    await folder.writeManifest({ simulator: [], account: [], documentation: { [path]: [] } });

    expect(await run('--documented', '--into', folder.location)).toMatchObject({ status: 0 });
    expect(await folder.read(path)).toEqual(kept);
    expect(await run('--documented', '--check', '--into', folder.location)).toMatchObject({
      status: 0,
      said: [],
    });
  });

  it.each([
    [
      'lacks one',
      (calls: Recording['calls']) => calls.filter(({ operation }) => operation !== 'PutItem'),
      /no answer left to dynamodb PutItem/,
    ],
    [
      'has one too many',
      (calls: Recording['calls']) => [
        ...calls,
        { service: 'ds', operation: 'VerifyTrust', input: {}, output: {} },
      ],
      /Nobody asked for the recording's answer to ds VerifyTrust/,
    ],
  ])('does not ask anew with a recording of answers that %s', async (_what, change, message) => {
    const kept = await new RecordedFolder().read('directory/ensure-directory/documented-from-nothing');

    await expect(reasked('ensure-directory', { ...kept, calls: change(kept.calls) })).rejects.toThrow(
      message,
    );
  });

  it('prints its cases and its options', async () => {
    expect((await run('--list')).said).toEqual(allCases().map(({ path }) => path));
    expect((await run('--list', 'database/join-domain')).said).toContain('database/join-domain/from-nothing');
    expect((await run('--help')).said.join('\n')).toContain('--from aws');
  });

  it.each([
    [['--nothing'], /--nothing/],
    [['database/no-such'], /There is no case database\/no-such/],
    [['--documented', 'database/no-such'], /There is no such recording/],
    [['--from', 'azure'], /--from takes simulator or aws, not 'azure'/],
    [['--from', 'aws'], /takes the cases to record/],
    [['--from', 'aws', 'database', '--event', 'event.json'], /--event is for one case/],
  ])('refuses %j', async (args, message) => {
    const { status, complained } = await run(...args);

    expect(status).toBe(2);
    expect(complained.join('\n')).toMatch(message);
  });
});
