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

const secret = (place: string): string => `"arn:aws:secretsmanager:${place}:secret:archive-AbCdEf"`;
const instances = (...fields: readonly string[]): [string, string] => [
  '"existingInstances": []',
  `"existingInstances": [{ ${fields.join(', ')} }]`,
];
const keys = (key: string): [string, string] => ['"kmsKeyIds": []', `"kmsKeyIds": ["${key}"]`];
const principals = (arns: string): [string, string] => [
  '"principalArns": ["arn:aws:iam::111122223333:role/application-team"]',
  `"principalArns": [${arns}]`,
];
const tags = (tags: object): [string, string] => [
  '"tags": { "team": "platform" }',
  JSON.stringify({ tags }).slice(1, -1),
];
const reserved = (name: string, many: number | string): [string, string] => [
  '"logRetentionDays": 365,',
  `"reservedConcurrency": { "${name}": ${JSON.stringify(many)} },`,
];
const twoNames = (text: string): [string, string] => {
  const [, one = ''] = /"connections": \[(.*)\],\n\n {2}\/\/ Who may ask/s.exec(example) ?? [];
  return [one, `${one},${one.replace('"corp"', text)}`];
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
    [
      'any secret',
      instances('"identifier": "archive"', '"masterUserSecretArn": "*"'),
      'connections[0].existingInstances[0].masterUserSecretArn: write the ARN of the secret that holds',
    ],
    ...['eu-central-1:444455556666', 'eu-west-1:111122223333'].map(
      (place): [string, [string, string], string] => [
        `a secret of ${place}`,
        instances('"identifier": "archive"', `"masterUserSecretArn": ${secret(place)}`),
        'connections[0].existingInstances[0].masterUserSecretArn: write one of the deployment\'s account and Region, which starts with "arn:aws:secretsmanager:eu-central-1:111122223333:secret:"',
      ],
    ),
    [
      'any instance',
      instances('"identifier": "*"'),
      'connections[0].existingInstances[0].identifier: write an RDS instance identifier',
    ],
    [
      'any identifier',
      ['"identifierPrefixes": ["orders"]', '"identifierPrefixes": [""]'],
      'connections[0].identifierPrefixes[0]: write how the identifiers of new databases begin',
    ],
    [
      'identifiers of any kind',
      ['"identifierPrefixes": ["orders"]', '"identifierPrefixes": ["*"]'],
      'connections[0].identifierPrefixes[0]: write how the identifiers of new databases begin',
    ],
    [
      'a new identifier that an instance has which is there',
      instances('"identifier": "orders-archive"'),
      'connections[0].existingInstances[0].identifier: leave it out, or write another prefix than "orders" in the connection "corp": the instance is called like its new databases',
    ],
    ['any key', keys('*'), 'connections[0].kmsKeyIds[0]: write the ARN, id or alias of a KMS key'],
    [
      'a key of another account',
      keys('arn:aws:kms:eu-central-1:444455556666:key/1f2e3d4c-5b6a-7988-8796-a5b4c3d2e1f0'),
      'connections[0].kmsKeyIds[0]: write one of the deployment\'s account and Region, which starts with "arn:aws:kms:eu-central-1:111122223333:"',
    ],
    ...['arn:aws:iam::444455556666:role/dc', 'arn:aws-cn:iam::111122223333:role/dc'].map(
      (role): [string, [string, string], string] => [
        `the domain controller's role ${role}`,
        ['arn:aws:iam::111122223333:role/domain-controller', role],
        'connections[0].domainControllers[0].roleArn: write one of the deployment\'s account and Region, which starts with "arn:aws:iam::111122223333:role/"',
      ],
    ),
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
    ...['', ' corp', 'corp ', 'a\\nb', '<corp>', 'x'.repeat(41)].map(
      (name): [string, [string, string], string] => [
        `the connection "${name}"`,
        ['"name": "corp"', `"name": "${name}"`],
        'connections[0].name: write 1 to 40 letters, digits, spaces and . _ -',
      ],
    ),
    ['a name twice', twoNames('"corp"'), 'connections[1].name: give each connection a name of its own'],
    [
      'no directory',
      ['"directory": { "nameSuffix": "aws.example.com" }', '"directory": {}'],
      'connections[0].directory.directoryId: write the id of a directory for all databases, such as "d-0123456789", or instead of it nameSuffix',
    ],
    [
      'a directory that is no object',
      ['"directory": { "nameSuffix": "aws.example.com" }', '"directory": "d-0123456789"'],
      'connections[0].directory: write an object of directoryId or nameSuffix',
    ],
    [
      'a suffix that is none',
      ['"directory": { "nameSuffix": "aws.example.com" }', '"directory": { "nameSuffix": "aws" }'],
      'connections[0].directory.nameSuffix: write a fully qualified domain name',
    ],
    ...['everything', '0.0.0.0/0', '10.20.0.0/33'].map((network): [string, [string, string], string] => [
      `the network ${network}`,
      ['"networks": ["10.20.0.0/16"]', `"networks": ["${network}"]`],
      'connections[0].networks[0]: write an IPv4 network of /8 or narrower',
    ]),
    [
      'no networks',
      ['"networks": ["10.20.0.0/16"],', ''],
      "connections[0].networks: write a list of networks that hold the company's domain controllers",
    ],
  ])('refuses %s in one line', (_what, [old, value], words) => {
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
