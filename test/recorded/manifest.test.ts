import { describe, expect, it } from 'vitest';
import { functions } from '../../functions/functions.ts';
import { functionOf } from '../../scripts/record/cases.ts';
import { RecordedFolder } from '../../scripts/record/files.ts';

const folder = new RecordedFolder();
const paths = await folder.paths();
const manifest = await folder.manifest();
const documented = Object.keys(manifest.documentation);
const recordings = await Promise.all(paths.map(async (path) => ({ path, ...(await folder.read(path)) })));

describe('the manifest', () => {
  it('says of every recording once where its shapes come from', () => {
    const listed = [...manifest.simulator, ...manifest.account, ...documented];

    expect(listed.toSorted()).toEqual(paths);
  });

  it('says of every answer of the documentation where it stands', () => {
    const asked = recordings
      .filter(({ path }) => documented.includes(path))
      .map(({ path, calls }) => [path, calls.map(({ service, operation }) => `${service} ${operation}`)]);

    expect(Object.fromEntries(asked)).toEqual(
      Object.fromEntries(
        Object.entries(manifest.documentation).map(([path, sources]) => [
          path,
          sources.map(({ call }) => call),
        ]),
      ),
    );
  });

  it('leads to AWS alone', () => {
    const hosts = Object.values(manifest.documentation).flatMap((sources) =>
      sources.map(({ url }) =>
        /^https:\/\/(docs\.aws\.amazon\.com\/|github\.com\/(aws|awsdocs|boto)\/)/.test(url),
      ),
    );

    expect(new Set(hosts)).toEqual(new Set([true]));
  });
});

describe('the recordings', () => {
  it('are of every function', () => {
    expect(new Set(paths.map(functionOf))).toEqual(new Set(Object.keys(functions)));
  });

  it("have AWS's documented answers for every function that calls AWS", () => {
    const calling = new Set(
      recordings.filter(({ calls }) => calls.length > 0).map(({ path }) => functionOf(path)),
    );

    expect(new Set(documented.map(functionOf))).toEqual(calling);
  });

  it.each(Object.keys(functions))('show %s succeed, and an error of it', (name) => {
    const ends = recordings
      .filter(({ path }) => functionOf(path) === name)
      .map(({ error }) => (error === undefined ? 'success' : 'error'));

    expect(new Set(ends)).toEqual(new Set(['success', 'error']));
  });
});
