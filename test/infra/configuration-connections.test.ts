import { describe, it } from 'vitest';
import { expectOneLine, instances, keys, secret, twoNames } from '../support/example-configuration.ts';

describe('the configuration, as to its connections,', () => {
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
  ])('refuses %s in one line', expectOneLine);
});
