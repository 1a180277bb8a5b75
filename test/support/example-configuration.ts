import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseConfiguration } from '../../infra/configuration.ts';

export const example = readFileSync(new URL('../../forestbridge.jsonc', import.meta.url), 'utf8');

/** The example with another value in one place. */
export const withInstead = (old: string, value: string): string => {
  expect(example).toContain(old);
  return example.replace(old, value);
};

export const secret = (place: string): string => `"arn:aws:secretsmanager:${place}:secret:archive-AbCdEf"`;
export const instances = (...fields: readonly string[]): [string, string] => [
  '"existingInstances": []',
  `"existingInstances": [{ ${fields.join(', ')} }]`,
];
export const keys = (key: string): [string, string] => ['"kmsKeyIds": []', `"kmsKeyIds": ["${key}"]`];
export const tags = (tags: object): [string, string] => [
  '"tags": { "team": "platform" }',
  JSON.stringify({ tags }).slice(1, -1),
];
export const reserved = (name: string, many: number | string): [string, string] => [
  '"logRetentionDays": 365,',
  `"reservedConcurrency": { "${name}": ${JSON.stringify(many)} },`,
];
export const twoNames = (text: string): [string, string] => {
  const [, one = ''] = /"connections": \[(.*)\],\n\n {2}\/\/ Who may ask/s.exec(example) ?? [];
  return [one, `${one},${one.replace('"corp"', text)}`];
};

/** Expects that what is wrong with the example, changed so, is said in one line. */
export const expectOneLine = (_what: string, [old, value]: [string, string], words: string): void => {
  let message = '';
  try {
    parseConfiguration(withInstead(old, value), 'it');
  } catch (error) {
    message = String(error);
  }

  expect(message.split('\n')).toEqual([
    'BadConfiguration: it cannot be deployed:',
    expect.stringContaining(`- ${words}`),
  ]);
};
