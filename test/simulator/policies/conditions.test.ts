import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meets, readCondition } from '../../../simulator/policies/conditions.ts';

const key = 'aws:RequestTag/team';

/** Whether a condition on one key is met where the request has these values of it. */
const isMet = (operator: string, expected: readonly string[], actual: readonly string[] | null): boolean =>
  meets(readCondition(operator, key, expected), actual === null ? {} : { [key]: actual });

describe('Conditions', () => {
  it.each([
    ['StringEquals', ['a', 'b'], ['b'], true],
    ['StringEquals', ['a'], ['A'], false],
    ['StringEquals', ['a*'], ['ab'], false],
    ['StringEquals', ['a'], null, false],
    ['StringNotEquals', ['a', 'b'], ['b'], false],
    ['StringNotEquals', ['a', 'b'], ['c'], true],
    ['StringNotEquals', ['a'], null, true],
    ['StringLike', ['a*'], ['ab'], true],
    ['StringLike', ['a?'], ['abc'], false],
    ['StringLike', ['*'], null, false],
    ['StringNotLike', ['a*', 'b*'], ['bc'], false],
    ['StringNotLike', ['a*'], ['b'], true],
    ['StringNotLike', ['*'], null, true],
    ['ArnLike', ['arn:aws:ec2:*:111122223333:vpc/*'], ['arn:aws:ec2:eu-central-1:111122223333:vpc/v'], true],
    ['ArnLike', ['arn:aws:ec2:*:vpc/*'], ['arn:aws:ec2:eu-central-1:111122223333:vpc/v'], false],
    ['ArnEquals', ['arn:aws:ec2:*:*:vpc/v'], ['arn:aws:ec2:eu-central-1:111122223333:vpc/v'], true],
    ['ArnEquals', ['arn:aws:ec2:*:*:vpc/v'], null, false],
    [
      'ArnNotLike',
      ['arn:aws:ec2:*:111122223333:vpc/*'],
      ['arn:aws:ec2:eu-central-1:111122223333:vpc/v'],
      false,
    ],
    ['ArnNotEquals', ['arn:aws:ec2:*:*:vpc/v'], ['arn:aws:ec2:eu-central-1:111122223333:vpc/w'], true],
    ['ArnNotEquals', ['arn:aws:ec2:*:*:vpc/v'], null, true],
    ['Bool', ['true'], ['true'], true],
    ['Bool', ['True'], ['true'], true],
    ['Bool', ['false'], ['true'], false],
    ['Bool', ['false'], null, false],
    ['Null', ['true'], null, true],
    ['Null', ['true'], [], true],
    ['Null', ['true'], ['a'], false],
    ['Null', ['false'], ['a'], true],
    ['Null', ['false'], null, false],
    ['NumericLessThanEquals', ['10'], ['10'], true],
    ['NumericLessThanEquals', ['10'], ['9.5'], true],
    ['NumericLessThanEquals', ['10'], ['11'], false],
    ['NumericLessThanEquals', ['10'], ['many'], false],
    ['NumericLessThanEquals', ['10'], null, false],
  ])('compare: %s %j with %j is %j', (operator, expected, actual, met) => {
    expect(isMet(operator, expected, actual)).toBe(met);
  });

  it.each([
    ['StringEqualsIfExists', ['a'], null, true],
    ['StringEqualsIfExists', ['a'], ['b'], false],
    ['StringNotEqualsIfExists', ['a'], ['a'], false],
    ['BoolIfExists', ['true'], null, true],
    ['ArnLikeIfExists', ['arn:aws:ec2:*:*:vpc/v'], null, true],
    ['NumericLessThanEqualsIfExists', ['1'], ['2'], false],
  ])('leave out a missing key with IfExists: %s %j with %j is %j', (operator, expected, actual, met) => {
    expect(isMet(operator, expected, actual)).toBe(met);
  });

  it.each([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', ['a'], [], true],
    ['ForAllValues:StringEquals', ['a'], null, true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
    ['ForAllValues:StringLike', ['team*'], ['team', 'teams'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['ForAnyValue:StringEquals', ['a'], ['c', 'b'], false],
    ['ForAnyValue:StringEquals', ['a'], null, false],
    ['ForAnyValue:StringNotEquals', ['a'], null, false],
    ['ForAnyValue:StringNotLike', ['a*'], ['ab', 'b'], true],
    ['ForAnyValue:StringEqualsIfExists', ['a'], null, true],
  ])('take several values: %s %j with %j is %j', (operator, expected, actual, met) => {
    expect(isMet(operator, expected, actual)).toBe(met);
  });

  it("do not look at letters' case in keys, not even in a tag's", () => {
    const condition = readCondition('StringEquals', 'AWS:requesttag/Team', ['a']);
    expect(meets(condition, { 'aws:RequestTag/team': ['a'] })).toBe(true);
  });

  it.each([
    ['StringEqualsIgnoreCase', ['a']],
    ['stringequals', ['a']],
    ['ForSomeValues:StringEquals', ['a']],
    ['NullIfExists', ['true']],
    ['ForAllValues:Null', ['true']],
    ['toString', ['a']],
    ['', ['a']],
    ['StringEquals', []],
    ['Bool', ['yes']],
    ['Null', ['1']],
    ['NumericLessThanEquals', ['ten']],
  ])('are refused where they are not understood: %s %j', (operator, values) => {
    expect(() => readCondition(operator, key, values)).toThrow();
  });

  it('refuse several values where the policy speaks of one', () => {
    expect(() => isMet('StringEquals', ['a'], ['a', 'b'])).toThrow('ForAllValues: or ForAnyValue:');
  });

  const values = fc.array(fc.constantFrom('a', 'b', 'c', '*'), { maxLength: 3 });
  const someValues = fc.array(fc.constantFrom('a', 'b', 'c', '*'), { minLength: 1, maxLength: 3 });

  it('are met exactly where their negation is not', () => {
    const one = fc.option(fc.constantFrom(['a'], ['b'], ['c']));
    fc.assert(
      fc.property(fc.constantFrom('Equals', 'Like'), someValues, one, (kind, expected, actual) => {
        const met = isMet(`String${kind}`, expected, actual);
        expect(isMet(`StringNot${kind}`, expected, actual)).toBe(!met);
      }),
    );
  });

  it('hold for all values exactly where the negation holds for none', () => {
    fc.assert(
      fc.property(fc.constantFrom('Equals', 'Like'), someValues, values, (kind, expected, actual) => {
        const forAll = isMet(`ForAllValues:String${kind}`, expected, actual);
        expect(isMet(`ForAnyValue:StringNot${kind}`, expected, actual)).toBe(!forAll);
      }),
    );
  });
});
