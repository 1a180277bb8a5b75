import { describe, expect, it } from 'vitest';
import { checkedParameters } from '../../../../simulator/world/stacks/parameters.ts';
import { readTemplate } from '../../../../simulator/world/stacks/template.ts';
import { made } from '../../../support/stack-account.ts';

const read = (template: unknown) => readTemplate(JSON.stringify(template));

describe('a template', () => {
  it.each([
    ['what is no JSON', () => readTemplate('Resources:'), /^Template format error: JSON not well-formed/],
    [
      'a type that it does not make',
      () => read({ Resources: { A: { Type: 'AWS::EC2::VPC' }, B: made() } }),
      'Template format error: Unrecognized resource types: [AWS::EC2::VPC]',
    ],
    [
      'a function that it does not know',
      () => read({ Resources: { A: made({ Name: { 'Fn::Sub': 'x' } }) } }),
      'Template error: the simulated CloudFormation does not know {"Fn::Sub":"x"}',
    ],
    ['a section that it does not know', () => read({ Resources: { A: made() }, Rules: {} }), /"Rules"/],
    [
      'a name that stands for nothing',
      () => read({ Resources: { A: made({ Of: { Ref: 'Nobody' } }) } }),
      /Unresolved resource dependencies \[Nobody\] in the Resources block of the template/,
    ],
    [
      'resources that wait for each other',
      () =>
        read({
          Resources: {
            A: made({ Of: { 'Fn::GetAtt': ['C', 'Name'] } }),
            B: made({ Of: [{ Ref: 'A' }] }),
            C: made({}, { DependsOn: 'B' }),
          },
        }),
      'Circular dependency between resources: [A, C, B]',
    ],
  ])('with %s is refused', (_what, reading, message) => {
    expect(reading).toThrow(message);
  });
});

const templateWith = (parameter: object) =>
  read({ Parameters: { It: { Type: 'String', ...parameter } }, Resources: { A: made() } });
const values = (parameter: object, given: Readonly<Record<string, string>>) =>
  Object.fromEntries(checkedParameters(templateWith(parameter), new Map(Object.entries(given))));

describe('parameters', () => {
  it('have what is given, or else their defaults', () => {
    expect(values({ Default: 5, Type: 'Number' }, {})).toEqual({ It: '5' });
    expect(values({ Default: 'x' }, { It: '' })).toEqual({ It: '' });
    expect(values({ Type: 'CommaDelimitedList', AllowedPattern: '[a-z]*' }, { It: 'a, b' })).toEqual({
      It: 'a, b',
    });
  });

  const pattern = { AllowedPattern: '[a-z]+' };
  it.each<[string, object, Readonly<Record<string, string>>, string]>([
    ['one that is missing', {}, {}, 'Parameters: [It] must have values'],
    ['one too many', {}, { It: 'x', Other: 'y' }, 'Parameters: [Other] do not exist in the template'],
    ['a value of none', { AllowedValues: ['a'] }, { It: 'b' }, "Parameter 'It' must be one of AllowedValues"],
    ['a part that matches', pattern, { It: 'a1' }, "Parameter 'It' must match pattern [a-z]+"],
    [
      'words of its own',
      { ...pattern, ConstraintDescription: 'small letters' },
      { It: 'A' },
      'Parameter It failed to satisfy constraint: small letters',
    ],
    [
      'one wrong item',
      { ...pattern, Type: 'CommaDelimitedList' },
      { It: 'a,B' },
      "Parameter 'It' must match pattern [a-z]+",
    ],
    ['too few', { MinLength: 2 }, { It: 'a' }, "Parameter 'It' must contain at least 2 characters"],
    ['too many', { MaxLength: '2' }, { It: 'abc' }, "Parameter 'It' must contain at most 2 characters"],
    ['no number', { Type: 'Number' }, { It: 'x' }, "Parameter 'It' must be a number"],
    ['nothing as one', { Type: 'Number' }, { It: ' ' }, "Parameter 'It' must be a number"],
    ['too small a one', { Type: 'Number', MinValue: 2 }, { It: '1' }, 'must be a number not less than 2'],
    ['too great a one', { Type: 'Number', MaxValue: 2 }, { It: '3' }, 'must be a number not greater than 2'],
  ])('with %s are refused', (_what, parameter, given, message) => {
    expect(() => values(parameter, given)).toThrow(message);
  });
});
