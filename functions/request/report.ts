import { inspect } from 'node:util';
import type { z } from 'zod';

/** Step Functions cuts a cause at 32 KiB; nobody reads that far either. */
const mostProblems = 50;
const longestQuote = 60;

const escaped = (text: string): string =>
  text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Written so that a terminal shows it on one line, whatever is in it. */
const quoted = (value: string): string => {
  const short = value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value;
  return JSON.stringify(short).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped);
};

const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), json);

const shown = (path: readonly PropertyKey[], whole: string): string => {
  const [first = whole, ...rest] = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    const name = String(key);
    return /^[A-Za-z][A-Za-z0-9]{0,39}$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
  });
  return [first.replace(/^\./, ''), ...rest].join('');
};

const found = (value: unknown): string => {
  if (value === undefined) return '; it is missing';
  if (typeof value === 'string') return `; found ${quoted(value)}`;
  return isObject(value) ? '' : `; found ${inspect(value)}`;
};

const strangers = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])).length;

/** Of a union's alternatives the one that was meant: it knows most of the fields that are there. */
const meant = (alternatives: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] =>
  alternatives
    .toSorted((one, other) => strangers(one) - strangers(other))
    .slice(0, 1)
    .flat();

const isNoObject = ({ code, path }: z.core.$ZodIssue): boolean =>
  code === 'invalid_type' && path.length === 0;

const lines = (
  issues: readonly z.core.$ZodIssue[],
  json: unknown,
  whole: string,
  before: readonly PropertyKey[] = [],
): string[] =>
  issues.flatMap((issue) => {
    const path = [...before, ...issue.path];
    // The value of an unknown field is not repeated: it may be a password that belongs nowhere.
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${shown([...path, key], whole)}: ${issue.message}`);
    const inner = issue.code === 'invalid_union' ? meant(issue.errors) : [];
    if (inner.length > 0 && !inner.some(isNoObject)) return lines(inner, json, whole, path);
    return [`${shown(path, whole)}: ${issue.message}${found(valueAt(json, path))}`];
  });

/** Each problem once, with its path and what to write instead; `whole` is what the JSON is called. */
export const problemsIn = (
  issues: readonly z.core.$ZodIssue[],
  json: unknown,
  whole: string,
): readonly string[] => [...new Set(lines(issues, json, whole))];

/** Every problem of a request, one a line, each with its path and what to write instead. */
export const report = (issues: readonly z.core.$ZodIssue[], json: unknown): string => {
  const problems = problemsIn(issues, json, 'request');
  const more = problems.length > mostProblems ? [`- and ${problems.length - mostProblems} more.`] : [];
  return [
    problems.length === 1 ? 'The request has a problem:' : `The request has ${problems.length} problems:`,
    ...problems.slice(0, mostProblems).map((problem) => `- ${problem}.`),
    ...more,
  ].join('\n');
};
