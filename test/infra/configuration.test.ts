import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BadConfiguration, parseConfiguration, readConfiguration } from '../../infra/configuration.ts';

const example = readFileSync(new URL('../../forestbridge.jsonc', import.meta.url), 'utf8');
const parsed = () => parseConfiguration(example, 'forestbridge.jsonc');

/** The example with another value in one place. */
const withInstead = (old: string, value: string): string => {
  expect(example).toContain(old);
  return example.replace(old, value);
};

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

  it.each([
    ['"account": "111122223333"', '"account": "1111"', '- account: write the 12 digits of the AWS account'],
    ['"region": "eu-central-1"', '"region": "Frankfurt"', '- region: write a Region, such as "eu-central-1"'],
    ['"rate(1 day)"', '"daily"', '- schedule.expression: write rate(...) or cron(...)'],
    ['"logRetentionDays": 365', '"logRetentionDays": 366', '- logRetentionDays: write one of 1, 3, 5, '],
    ['databases@example.com', 'databases', '- notificationEmail: write an e-mail address'],
    [
      '"databaseNetworks": ["10.0.0.0/16"]',
      '"databaseNetworks": ["0.0.0.0/0"]',
      '- login.databaseNetworks.0: ',
    ],
    [
      '"principalArns": ["arn:aws:iam::111122223333:role/application-team"]',
      '"principalArns": ["application-team"]',
      '- catalog.principalArns.0: write the ARN of a role, a user or a group',
    ],
    ['"tags": {', '"surprise": {', '- everything: Unrecognized key: "surprise"'],
  ])('refuses %s turned into %s', (old, value, words) => {
    expect(() => parseConfiguration(withInstead(old, value), 'forestbridge.jsonc')).toThrow(
      `forestbridge.jsonc cannot be deployed:\n${words}`,
    );
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
