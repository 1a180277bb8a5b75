import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../infra/configuration.ts';
import { expectOneLine, reserved, tags, withInstead } from '../support/example-configuration.ts';

const principals = (arns: string): [string, string] => [
  '"principalArns": ["arn:aws:iam::111122223333:role/application-team"]',
  `"principalArns": [${arns}]`,
];

describe('the configuration, where it cannot be deployed,', () => {
  it.each([
    ['"account": "111122223333"', '"account": "1111"', '- account: write the 12 digits of the AWS account'],
    ['"region": "eu-central-1"', '"region": "Frankfurt"', '- region: write a Region, such as "eu-central-1"'],
    ['"rate(1 day)"', '"daily"', '- schedule.expression: write rate(value unit), '],
    ['"logRetentionDays": 365', '"logRetentionDays": 366', '- logRetentionDays: write one of 1, 3, 5, '],
    ['databases@example.com', 'databases', '- notificationEmail: write an e-mail address'],
    [
      '"databaseNetworks": ["10.0.0.0/16"]',
      '"databaseNetworks": ["0.0.0.0/0"]',
      '- login.databaseNetworks[0]: write an IPv4 network ',
    ],
    [
      '"principalArns": ["arn:aws:iam::111122223333:role/application-team"]',
      '"principalArns": ["application-team"]',
      '- catalog.principalArns[0]: write the ARN of a role, a user or a group',
    ],
    ['"tags": {', '"surprise": {', '- surprise: leave it out; the fields here are $schema, account, '],
  ])('refuses %s turned into %s', (old, value, words) => {
    expect(() => parseConfiguration(withInstead(old, value), 'forestbridge.jsonc')).toThrow(
      `forestbridge.jsonc cannot be deployed:\n${words}`,
    );
  });

  it.each<[string, [string, string], string]>([
    ['a tag of AWS', tags({ 'aws:team': 'x' }), 'tags["aws:team"]: write tags as keys of'],
    ['a tag of ours', tags({ 'ForestBridge:team': 'x' }), 'tags["ForestBridge:team"]: write tags as keys of'],
    ['a tag that AWS refuses', tags({ team: 'a<b' }), 'tags.team: write tags as keys of'],
    ['a tag that is no text', tags({ team: 1 }), 'tags.team: write tags as keys of'],
    [
      'too many tags',
      tags(Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, 'x']))),
      'tags: write tags as keys of',
    ],
    [
      'a function that there is not',
      reserved('provision', 1),
      'reservedConcurrency.provision: write the name of a function: validate-request, claim-request, ',
    ],
    [
      'nothing reserved',
      reserved('conclude', 0),
      'reservedConcurrency.conclude: write how many executions are reserved',
    ],
    [
      'half of one reserved',
      reserved('conclude', 1.5),
      'reservedConcurrency.conclude: write how many executions are reserved',
    ],
    [
      'a login subnet twice',
      [
        '"subnet-0a1b2c3d4e5f60713", "subnet-0a1b2c3d4e5f60714"]',
        '"subnet-0a1b2c3d4e5f60713", "subnet-0a1b2c3d4e5f60713"]',
      ],
      'login.subnetIds[1]: leave it out: it is listed before',
    ],
    [
      'a principal twice',
      principals('"arn:aws:iam::111122223333:role/team", "arn:aws:iam::111122223333:role/team"'),
      'catalog.principalArns[1]: leave it out: it is listed before',
    ],
    ...['arn:aws:iam::444455556666:role/team', 'arn:aws-cn:iam::111122223333:role/team'].map(
      (principal): [string, [string, string], string] => [
        `the principal ${principal}`,
        principals(`"${principal}"`),
        'catalog.principalArns[0]: write one of the deployment\'s account and Region, which starts with "arn:aws:iam::111122223333:"',
      ],
    ),
  ])('refuses %s in one line', expectOneLine);
});
