import { readFileSync } from 'node:fs';
import { parseRequest } from '../../../functions/request/schema.ts';
import { InvalidRequest } from '../../../functions/support/errors.ts';

export const exampleNames = [
  'one-way-forest',
  'two-way-forest',
  'incoming-without-database',
  'external',
  'adopted-directory',
  'existing-instance',
  'no-database',
  'public-dns-addresses',
] as const;

/** One of the requests that a user can copy. */
export const example = (name: (typeof exampleNames)[number]): unknown =>
  JSON.parse(readFileSync(new URL(`../../../events/requests/${name}.json`, import.meta.url), 'utf8'));

type Path = readonly (string | number)[];

/** The same JSON with another value at a path; undefined removes what is there. */
export const changed = (json: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.with(Number(key), changed(json[Number(key)], rest, value));
  if (typeof json !== 'object' || json === null) return changed({}, [key, ...rest], value);
  const { [key]: old, ...others }: Record<string, unknown> = { ...json };
  const inner = changed(old, rest, value);
  return inner === undefined ? others : { ...others, [key]: inner };
};

/** `a.b[0].c` as a path. */
export const pathOf = (text: string): Path =>
  text.split(/[.[\]]+/).flatMap((key) => (key === '' ? [] : [/^\d+$/.test(key) ? Number(key) : key]));

/** The lines that say what is wrong with a request; none where nothing is. */
export const problemsOf = (json: unknown): string[] => {
  try {
    parseRequest(json);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return error.message.split('\n').slice(1);
  }
};
