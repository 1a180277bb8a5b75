import type { Filter, Tag } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../wire/service-error.ts';
import type { Tags } from '../../world/network.ts';

interface Tagged {
  readonly id: string;
  readonly tags: Tags;
}

/** What a filter's name looks at. */
export type Facts<Thing> = Readonly<Record<string, (thing: Thing) => readonly string[]>>;

export const tagsOf = ({ tags }: Tagged): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValue', message);

/** The value a request must carry. */
export const needed = <Value>(value: Value | undefined, name: string): Value => {
  if (value === undefined)
    throw new ServiceError('MissingParameter', `The request must contain the parameter ${name}`);
  return value;
};

/** The things of these ids, or all of them; an id that is not there is an error, as AWS has it for each kind. */
export const chosen = <Thing>(
  things: ReadonlyMap<string, Thing>,
  ids: readonly string[] | undefined,
  [code, noun]: readonly [code: string, noun: string],
): readonly Thing[] => {
  if (ids === undefined || ids.length === 0) return [...things.values()];
  return ids.map((id) => {
    const thing = things.get(id);
    if (thing === undefined) throw new ServiceError(code, `The ${noun} '${id}' does not exist`);
    return thing;
  });
};

/** AWS lets a filter's value have * and ? in it. */
const matches = (value: string, pattern: string): boolean => {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(value);
};

const factOf = <Thing extends Tagged>(
  facts: Facts<Thing>,
  name: string,
): ((thing: Thing) => readonly string[]) => {
  if (name === 'tag-key') return ({ tags }) => Object.keys(tags);
  if (name.startsWith('tag:'))
    return ({ tags }) => [tags[name.slice(4)]].filter((value) => value !== undefined);
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (fact === undefined) throw invalid(`The filter '${name}' is invalid`);
  return fact;
};

/** The things that every filter lets through, by any of its values. */
export const filtered = <Thing extends Tagged>(
  things: readonly Thing[],
  filters: readonly Filter[] | undefined,
  facts: Facts<Thing>,
): readonly Thing[] => {
  const tests = (filters ?? []).map(({ Name, Values }) => {
    const fact = factOf(facts, needed(Name, 'filter name'));
    return (thing: Thing) =>
      fact(thing).some((value) => (Values ?? []).some((pattern) => matches(value, pattern)));
  });
  return things.filter((thing) => tests.every((test) => test(thing)));
};

/** One page of the answer, and the token of the next. */
export const page = <Thing>(
  things: readonly Thing[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { readonly things: readonly Thing[]; readonly NextToken?: string } => {
  if (MaxResults !== undefined && (MaxResults < 5 || MaxResults > 1000))
    throw invalid(
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
    );
  const token = Buffer.from(NextToken ?? '', 'base64').toString();
  if (NextToken !== undefined && !/^\d+$/.test(token))
    throw new ServiceError('InvalidPaginationToken', 'The specified pagination token is not valid');
  const start = Number(token);
  const end = start + (MaxResults ?? things.length);
  const rest = end < things.length ? { NextToken: Buffer.from(String(end)).toString('base64') } : {};
  return { things: things.slice(start, end), ...rest };
};

/** Who only asks whether it might is told so, and nothing is changed. */
export const refuseDryRun = ({ DryRun }: { DryRun?: boolean | undefined }): void => {
  if (DryRun)
    throw new ServiceError(
      'DryRunOperation',
      'Request would have succeeded, but DryRun flag is set.',
      {},
      412,
    );
};
