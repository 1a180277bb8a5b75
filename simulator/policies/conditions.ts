import type { Access } from './access.ts';
import { matchesArn, matchesText } from './wildcards.ts';

/** One line of a statement's Condition, read by `readCondition`. */
export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
  readonly comparison: Comparison;
  readonly ifExists: boolean;
  /** How several values of the request are taken; null where the key has one. */
  readonly quantifier: string | null;
}

interface Comparison {
  /** Whether one value of the request is like one of the policy. */
  readonly isLike: (expected: string, actual: string) => boolean;
  /** Negated operators are met by what is like none of the policy's values, and by a key that is missing. */
  readonly negated: boolean;
  /** What the policy's values must look like. */
  readonly values?: RegExp;
}

const equals = (expected: string, actual: string): boolean => expected === actual;
const truth = /^(true|false)$/i;

const comparisons = new Map<string, Comparison>([
  ['StringEquals', { isLike: equals, negated: false }],
  ['StringNotEquals', { isLike: equals, negated: true }],
  ['StringLike', { isLike: matchesText, negated: false }],
  ['StringNotLike', { isLike: matchesText, negated: true }],
  // AWS: ArnEquals and ArnLike behave alike.
  ['ArnEquals', { isLike: matchesArn, negated: false }],
  ['ArnLike', { isLike: matchesArn, negated: false }],
  ['ArnNotEquals', { isLike: matchesArn, negated: true }],
  ['ArnNotLike', { isLike: matchesArn, negated: true }],
  [
    'Bool',
    {
      isLike: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
      negated: false,
      values: truth,
    },
  ],
  [
    'NumericLessThanEquals',
    {
      isLike: (expected, actual) => Number(actual) <= Number(expected),
      negated: false,
      values: /^-?\d+(\.\d+)?$/,
    },
  ],
  // It asks for the key itself; `meets` looks at it before any value.
  ['Null', { isLike: equals, negated: false, values: truth }],
]);

const existence = comparisons.get('Null');

/** Reads a condition; what AWS would not understand, or we do not, is an error. */
export const readCondition = (operator: string, key: string, values: readonly string[]): Condition => {
  const [, quantifier = null, name = '', suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const comparison = comparisons.get(name);
  const ifExists = suffix !== undefined;
  if (comparison === undefined || (comparison === existence && (ifExists || quantifier !== null)))
    throw new Error(`The operator ${operator} is not evaluated here.`);
  if (values.length === 0) throw new Error(`${operator} on ${key} names no value.`);
  for (const value of values)
    if (comparison.values?.test(value) === false)
      throw new Error(`${operator} on ${key} cannot be compared with ${value}.`);
  return { key, values, comparison, ifExists, quantifier };
};

/** The request's values of a key; letters' case does not matter in a key, not even in a tag's. */
const valuesOf = (context: Access['context'], key: string): readonly string[] => {
  const wanted = key.toLowerCase();
  return Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? [];
};

/** Whether a request's context meets a condition. */
export const meets = (condition: Condition, context: Access['context']): boolean => {
  const { key, values, comparison, ifExists, quantifier } = condition;
  const actual = valuesOf(context, key);
  const isMissing = actual.length === 0;
  if (comparison === existence) return values.some((value) => (value.toLowerCase() === 'true') === isMissing);
  if (isMissing && ifExists) return true;
  const { isLike, negated } = comparison;
  const isMet = (one: string): boolean => values.some((expected) => isLike(expected, one)) !== negated;
  if (quantifier === 'ForAllValues') return actual.every(isMet);
  if (quantifier === 'ForAnyValue') return actual.some(isMet);
  if (isMissing) return negated;
  if (actual.length > 1)
    throw new Error(`${key} has several values in this request: say ForAllValues: or ForAnyValue:.`);
  return actual.every(isMet);
};
