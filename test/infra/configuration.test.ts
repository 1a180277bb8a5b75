import { describe, expect, it } from 'vitest';
import { BadConfiguration, parseConfiguration, readConfiguration } from '../../infra/configuration.ts';
import {
  example,
  instances,
  keys,
  reserved,
  secret,
  tags,
  twoNames,
  withInstead,
} from '../support/example-configuration.ts';

const parsed = () => parseConfiguration(example, 'forestbridge.jsonc');

describe('the configuration', () => {
  it('is JSON with comments, and the example is one', () => {
    expect(parsed()).toMatchObject({
      account: '111122223333',
      region: 'eu-central-1',
      connections: [{ name: 'corp', domainName: 'corp.example.com' }],
      logRetentionDays: 365,
    });
  });

  it('has defaults for what most people leave alone', () => {
    const text = example
      .replace('"logRetentionDays": 365,', '')
      .replace('"schedule": { "expression": "rate(1 day)", "flexibleMinutes": 60 },', '')
      .replace(/"tags": .*\n/, '');

    expect(parseConfiguration(text, 'it')).toEqual({ ...parsed(), tags: {} });
  });

  it.each<[string, string]>([
    instances('"identifier": "archive"', `"masterUserSecretArn": ${secret('eu-central-1:111122223333')}`),
    keys('arn:aws:kms:eu-central-1:111122223333:key/1f2e3d4c-5b6a-7988-8796-a5b4c3d2e1f0'),
    keys('alias/databases'),
    tags({ 'cost centre': 'größer: 1/2 + 3 = a@b' }),
    reserved('conclude', 5),
    twoNames('"Corp 2"'),
    ['"name": "corp"', '"name": "x"'],
  ])('takes %s turned into %s', (old, value) => {
    expect(() => parseConfiguration(withInstead(old, value), 'it')).not.toThrow();
  });

  it('is an object', () => {
    expect(() => parseConfiguration('[]', 'it')).toThrow('- everything: write an object of $schema, account');
  });

  it('tells every problem at once', () => {
    const text = withInstead('"account": "111122223333"', '"account": ""').replace('eu-central-1', '');

    expect(() => parseConfiguration(text, 'it')).toThrow(
      /^it cannot be deployed:\n- account: .*\n- region: .*$/,
    );
  });

  it('tells the line of what is no JSON', () => {
    expect(() => parseConfiguration('{\n  "account": oops\n}', 'it')).toThrow(
      'it is no JSON:\n- line 2: InvalidSymbol',
    );
  });

  it('tells of a file that is not there', () => {
    expect(() => readConfiguration('/nowhere/it.jsonc')).toThrow(BadConfiguration);
    expect(() => readConfiguration('/nowhere/it.jsonc')).toThrow('There is no file /nowhere/it.jsonc.');
  });
});
