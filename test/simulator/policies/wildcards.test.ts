import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isArnPattern,
  matchesAction,
  matchesArn,
  matchesResource,
  matchesText,
} from '../../../simulator/policies/wildcards.ts';

/** The rule itself, without regular expressions. */
const byTheRule = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern.startsWith('*'))
    return byTheRule(rest, text) || (text !== '' && byTheRule(pattern, text.slice(1)));
  return text !== '' && (pattern.startsWith('?') || pattern[0] === text[0]) && byTheRule(rest, text.slice(1));
};

describe('Wildcards', () => {
  it.each([
    ['db-*', 'db-', true],
    ['db-*', 'DB-1', false],
    ['secret-??????', 'secret-AbCdEf', true],
    ['secret-??????', 'secret-AbCdE', false],
    ['a.c', 'abc', false],
    ['a*c', 'a\nc', true],
    ['(x|y)[z]', '(x|y)[z]', true],
  ])('take %j and %j for alike: %j', (pattern, text, expected) => {
    expect(matchesText(pattern, text)).toBe(expected);
  });

  it('mean what the rule says, whatever the pattern', () => {
    const characters = fc.string({
      unit: fc.constantFrom('a', 'b', '.', '*', '?', '\n', '\\'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(characters, characters, (pattern, text) => {
        expect(matchesText(pattern, text)).toBe(byTheRule(pattern, text));
      }),
    );
  });

  it.each([
    ['*', 'rds:CreateDBInstance', true],
    ['rds:*', 'rds:CreateDBInstance', true],
    ['RDS:createdbinstance', 'rds:CreateDBInstance', true],
    ['rds:Create?BInstance', 'rds:CreateDBInstance', true],
    ['rds:Create', 'rds:CreateDBInstance', false],
    ['ec2:*', 'rds:CreateDBInstance', false],
  ])('take the action %j for %j: %j', (pattern, action, expected) => {
    expect(matchesAction(pattern, action)).toBe(expected);
  });

  const database = 'arn:aws:rds:eu-central-1:111122223333:db:orders';

  it.each([
    [database, true],
    ['arn:aws:rds:*:*:db:*', true],
    ['arn:aws:rds:eu-central-1:111122223333:*', true],
    ['arn:*:*:*:*:*', true],
    ['arn:aws:rds:eu-central-1:111122223333:DB:orders', false],
    // A wildcard does not reach over a colon into the next part.
    ['arn:aws:rds:eu-*:db:orders', false],
    ['arn:aws:*', false],
    ['*', false],
  ])('take the ARN %j for a database: %j', (pattern, expected) => {
    expect(matchesArn(pattern, database)).toBe(expected);
  });

  it('lets a wildcard reach over colons in the last part', () => {
    const execution = 'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:orders-1';
    expect(matchesArn('arn:aws:states:eu-central-1:111122223333:execution:*', execution)).toBe(true);
  });

  it('takes the beginning of an ARN for none', () => {
    expect(matchesArn('arn:aws:iam', 'arn:aws:iam::111122223333:role/x')).toBe(false);
  });

  it('takes nothing but * for what has no narrower resource', () => {
    expect(matchesResource('*', '*')).toBe(true);
    expect(matchesResource('*', database)).toBe(true);
    expect(matchesResource('arn:*:*:*:*:*', '*')).toBe(false);
  });

  it.each([
    ['arn:aws:sns:eu-central-1:111122223333:topic', true],
    ['arn:aws:iam::111122223333:role/x', true],
    ['arn:aws:sns', false],
    ['arn:aws:sns:eu-central-1:111122223333:', false],
    ['topic', false],
  ])('tells that %j is an ARN: %j', (text, expected) => {
    expect(isArnPattern(text)).toBe(expected);
  });
});
