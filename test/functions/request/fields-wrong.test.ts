import { describe, expect, it } from 'vitest';
import { expectAdvice, long, subnets } from '../../support/wrong-field.ts';
import { changed, example, pathOf, problemsOf } from './requests.ts';

const tags = 'no key under "aws:" or "forestbridge:"';

const invalid = [
  ['requestId', '-orders', 'write 1 to 40 letters, digits and hyphens'],
  ['requestId', '', 'write 1 to 40'],
  ['requestId', long(41), 'write 1 to 40'],
  ['requestId', 'orders; rm -rf ~', 'write 1 to 40'],
  ['requestId', '$(id)', 'write 1 to 40'],
  ['requestId', 'orders\n', 'write 1 to 40'],
  ['requestId', 7, 'write 1 to 40'],
  ['requestId', undefined, 'write 1 to 40'],
  [
    'directory',
    undefined,
    'write an object with name, vpcId and subnetIds of a new directory, or with directoryId',
  ],
  [
    'directory',
    'd-0123456789',
    'write an object with name, vpcId and subnetIds of a new directory, or with directoryId',
  ],
  [
    'directory',
    { directoryId: 'd-012345678' },
    'write the id of a directory to adopt',
    'directory.directoryId',
  ],
  ['directory.name', 'aws', 'at least two labels and at most 47 characters'],
  ['directory.name', `aws.${long(40)}.com`, 'at most 47 characters'],
  ['directory.name', '10.20.0.10', 'write a fully qualified domain name'],
  ['directory.name', 'aws..example.com', 'write a fully qualified domain name'],
  ['directory.name', 'aws_1.example.com', 'write a fully qualified domain name'],
  ['directory.name', 'xn--aws.example.com', 'single hyphens'],
  ['directory.name', '-aws.example.com', 'write a fully qualified domain name'],
  ['directory.name', 'aws-.example.com', 'write a fully qualified domain name'],
  ['directory.name', 'aws.example.com..', 'write a fully qualified domain name'],
  ['directory.shortName', long(16), 'write a NetBIOS name of 1 to 15'],
  ['directory.shortName', 'AWS.X', 'without a dot'],
  ['directory.shortName', 'A/B', 'write a NetBIOS name'],
  ['directory.shortName', '', 'write a NetBIOS name'],
  ['directory.shortName', 'network', "none of Windows' reserved words"],
  ['directory.vpcId', 'vpc-123', 'write the id of a VPC, such as "vpc-0a1b2c3d4e5f60718"'],
  ['directory.subnetIds', ['subnet-0a1b2c3d'], 'write a list of 2 subnet ids'],
  ['directory.subnetIds', subnets.slice(0, 3), 'write a list of 2 subnet ids'],
  ['directory.subnetIds[1]', 'sg-0a1b2c3d', 'write the id of a subnet'],
  ['directory.edition', 'Hybrid', 'write "Standard" or "Enterprise"'],
  ['directory.description', 'orders, payroll', 'AWS refuses commas and brackets'],
  ['directory.description', long(129), 'write at most 128'],
  ['trust', null, 'write an object of type, direction, selectiveAuthentication'],
  ['trust.type', 'Realm', 'write "Forest" or "External"'],
  ['trust.direction', 'Outgoing', 'write "One-Way: Outgoing" or "One-Way: Incoming" or "Two-Way"'],
  ['trust.selectiveAuthentication', 'false', 'write true or false'],
  ['onFailure', 'retry', 'write "keep" or "rollback"'],
  ['tags', ['orders'], tags],
  ['tags', { 'aws:team': 'x' }, tags, 'tags["aws:team"]'],
  ['tags', { 'AWS:team': 'x' }, tags, 'tags["AWS:team"]'],
  ['tags', { 'forestbridge:request': 'x' }, tags, 'tags["forestbridge:request"]'],
  ['tags', { 'ForestBridge:request': 'x' }, tags, 'tags["ForestBridge:request"]'],
  ['tags', { [long(129)]: 'x' }, tags, `tags["${long(60)}…"]`],
  ['tags', { '': 'x' }, tags, 'tags[""]'],
  ['tags', { team: 'a;b' }, tags, 'tags.team'],
  ['tags', { team: long(257) }, tags, 'tags.team'],
  ['tags', { team: 1 }, tags, 'tags.team'],
  ['tags', Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`tag${index}`, ''])), 'at most 40'],
] as const;

describe('a field that is wrong', () => {
  it.each(invalid)('%s = %j: %s', expectAdvice);

  it.each([
    ['existing-instance', 'database.allowInterruption', undefined, 'write true or false'],
    ['existing-instance', 'database.masterUserSecretArn', 'orders', 'write the ARN of the secret that holds'],
    ['existing-instance', 'database.allowedNetworks', subnets, 'write a list of 0 to 20 networks'],
    ['adopted-directory', 'directory.directoryId', 'D-0123456789', 'instead of it name, vpcId and subnetIds'],
  ] as const)('%s: %s = %j: %s', (name, field, value, advice) => {
    const [first] = problemsOf(changed(example(name), pathOf(field), value));

    expect(first).toContain(`- ${field}: `);
    expect(first).toContain(advice);
  });
});
