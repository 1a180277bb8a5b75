import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { changed, example, pathOf, problemsOf } from './requests.ts';

const long = (length: number): string => 'a'.repeat(length);
const subnets = Array.from({ length: 21 }, (_, index) => `subnet-${String(index).padStart(8, '0')}`);
const host = 'write the IPv4 address of a host, such as "10.20.0.10"';
const network = 'write an IPv4 network of /8 or narrower';
const login = 'never a user@domain name; Active Directory forbids " / \\ [ ] : ; | = , + * ? < > @';
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
  [
    'onPremises',
    undefined,
    'write an object of domainName, shortName, dnsIpAddresses, networks, domainController',
  ],
  ['onPremises.domainName', 'CORP', 'at least two labels and at most 64 characters'],
  ['onPremises.domainName', `${long(30)}.${long(31)}.com`, 'at most 64 characters'],
  ['onPremises.shortName', long(16), 'write a NetBIOS name of 1 to 15'],
  ['onPremises.dnsIpAddresses', [], "write a list of 1 to 4 addresses of the company's DNS servers"],
  [
    'onPremises.dnsIpAddresses',
    ['10.20.0.1', '10.20.0.2', '10.20.0.3', '10.20.0.4', '10.20.0.5'],
    'a list of 1 to 4',
  ],
  ['onPremises.dnsIpAddresses[0]', '10.20.0.256', host],
  ['onPremises.dnsIpAddresses[0]', '010.20.0.10', host],
  ['onPremises.dnsIpAddresses[0]', '2001:db8::1', host],
  ['onPremises.dnsIpAddresses[0]', '127.0.0.1', host],
  ['onPremises.dnsIpAddresses[0]', '169.254.169.253', host],
  ['onPremises.dnsIpAddresses[0]', '224.0.0.1', host],
  ['onPremises.dnsIpAddresses[0]', '0.0.0.0', host],
  ['onPremises.dnsIpAddresses[0]', '255.255.255.255', host],
  ['onPremises.dnsIpAddresses[0]', '240.0.0.1', host],
  ['onPremises.networks', [], 'write a list of 1 to 4 networks'],
  [
    'onPremises.networks',
    ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16', '10.20.0.0/16'],
    'a list of 1 to 4',
  ],
  ['onPremises.networks[0]', '0.0.0.0/0', network],
  ['onPremises.networks[0]', '::/0', network],
  ['onPremises.networks[0]', '10.0.0.0/7', network],
  ['onPremises.networks[0]', '10.20.0.0/33', network],
  ['onPremises.networks[0]', '10.20.0.0', network],
  ['onPremises.networks[0]', '0.0.0.0/8', network],
  ['onPremises.networks[0]', '127.0.0.0/8', network],
  ['onPremises.networks[0]', '169.254.0.0/16', network],
  ['onPremises.networks[0]', '239.0.0.0/8', network],
  ['onPremises.networks[0]', '250.0.0.0/8', network],
  ['onPremises.clientNetworks', [], 'write a list of 1 to 4 networks whose clients log in'],
  ['onPremises.clientNetworks', ['172.16.0.0/11', '172.64.0.0/4'], network, 'onPremises.clientNetworks[1]'],
  ['onPremises.domainController', 'mi-0a1b2c3d4e5f60718', 'write an object of managedNodeId'],
  [
    'onPremises.domainController.managedNodeId',
    'mi-0a1b2c3d',
    'by which Systems Manager knows the domain controller',
  ],
  [
    'onPremises.domainController.managedNodeId',
    'dc1',
    'by which Systems Manager knows the domain controller',
  ],
  ['trust', null, 'write an object of type, direction, selectiveAuthentication'],
  ['trust.type', 'Realm', 'write "Forest" or "External"'],
  ['trust.direction', 'Outgoing', 'write "One-Way: Outgoing" or "One-Way: Incoming" or "Two-Way"'],
  ['trust.selectiveAuthentication', 'false', 'write true or false'],
  ['database', 'orders', 'write an object with identifier and the other fields of a new database'],
  ['database.existing', 'yes', 'or with "existing": true for one that is there'],
  ['database.identifier', '1orders', 'write an RDS instance identifier'],
  ['database.identifier', 'orders-', 'write an RDS instance identifier'],
  ['database.identifier', 'or--ders', 'write an RDS instance identifier'],
  ['database.identifier', long(64), '1 to 63 letters'],
  [
    'database.engine',
    'postgres',
    'write "sqlserver-ee" or "sqlserver-se" or "sqlserver-ex" or "sqlserver-web"',
  ],
  ['database.instanceClass', 'r6i.xlarge', 'write an RDS instance class, such as "db.r6i.xlarge"'],
  ['database.allocatedStorage', 19, 'write the storage in GiB, a whole number from 20 to 16384'],
  ['database.allocatedStorage', 16_385, 'from 20 to 16384'],
  ['database.allocatedStorage', 20.5, 'a whole number'],
  ['database.allocatedStorage', '200', 'a whole number'],
  ['database.allocatedStorage', Number.NaN, 'a whole number'],
  ['database.storageType', 'standard', 'write "gp3" or "gp2" or "io1" or "io2"'],
  ['database.multiAz', 'no', 'write true or false'],
  ['database.backupRetentionDays', 36, 'write the days that backups are kept, a whole number from 0 to 35'],
  ['database.backupRetentionDays', -1, 'from 0 to 35'],
  ['database.deletionProtection', undefined, 'write true or false'],
  ['database.subnetIds', subnets.slice(0, 1), 'write a list of 2 to 20 subnet ids'],
  ['database.subnetIds', subnets, 'write a list of 2 to 20 subnet ids'],
  ['database.allowedNetworks', [], 'write a list of 1 to 20 networks that may reach the database'],
  ['database.allowedNetworks[0]', '0.0.0.0/0', network],
  ['database.engineVersion', '2022', 'write a whole engine version, such as "16.00.4245.2.v1"'],
  ['database.iops', 999, 'write the provisioned operations a second, a whole number from 1000 to 256000'],
  ['database.iops', 256_001, 'from 1000 to 256000'],
  ['database.port', 1149, 'write a port from 1150 to 65535'],
  ['database.port', 65_536, 'write a port from 1150 to 65535'],
  ['database.port', 1433.5, 'write a port from 1150 to 65535'],
  ['database.port', '1433', 'write a port from 1150 to 65535'],
  ...[1234, 1434, 3260, 3343, 3389, 47_001, 49_152, 49_153, 49_154, 49_155, 49_156].map(
    (port) => ['database.port', port, 'that SQL Server on RDS may use'] as const,
  ),
  ['database.masterUsername', '1admin', 'write 1 to 16 letters, digits and underscores'],
  ['database.masterUsername', long(17), 'write 1 to 16'],
  ...['SA', 'rdsa', 'rdsadmin', 'public', 'guest', 'dbo', 'sys'].map(
    (name) => ['database.masterUsername', name, 'no name that SQL Server or RDS uses itself'] as const,
  ),
  ['database.kmsKeyId', 'databases', 'write the ARN, id or alias of a KMS key'],
  ['database.logExports', ['agent', 'error', 'agent'], 'write a list of 0 to 2 logs to export'],
  ['database.logExports', ['trace'], 'write "agent" or "error"', 'database.logExports[0]'],
  ['database.autoMinorVersionUpgrade', 1, 'write true or false'],
  ['database.subnetGroupName', 'data/bases', 'write the name of an existing DB subnet group'],
  ['database.subnetGroupName', long(256), 'write the name of an existing DB subnet group'],
  ['database.securityGroupIds', ['sg-1'], 'write the id of a security group', 'database.securityGroupIds[0]'],
  [
    'database.securityGroupIds',
    subnets.slice(0, 5).map((id) => id.replace('subnet', 'sg')),
    'write a list of 0 to 4 security group ids',
  ],
  ['database.windowsLogins', {}, 'write a list of 0 to 100 logins, each with name and serverRoles'],
  ['database.windowsLogins[0]', 'CORP\\DBAdmins', 'write an object of name, serverRoles'],
  ['database.windowsLogins[0].name', 'DBAdmins', login],
  ['database.windowsLogins[0].name', 'bob@corp.example.com', login],
  ['database.windowsLogins[0].name', 'CORP\\bob@corp.example.com', login],
  ['database.windowsLogins[0].name', 'CORP\\', login],
  ['database.windowsLogins[0].name', '\\DBAdmins', login],
  ['database.windowsLogins[0].name', 'CORP.X\\DBAdmins', login],
  ['database.windowsLogins[0].name', 'CORP\\DBAdmins.', 'a dot at the end'],
  ['database.windowsLogins[0].name', 'CORP\\ DBAdmins', login],
  ['database.windowsLogins[0].name', 'CORP\\DBAdmins ', login],
  ['database.windowsLogins[0].name', `CORP\\${long(113)}`, login],
  ...['"/\\[]:;|=,+*?<>@'.split(''), '\n', '\u0000', '\u007f', '\u202e', '\u2028', '\u00a0', '\ud800']
    .flat()
    .map((character) => ['database.windowsLogins[0].name', `CORP\\DB${character}Admins`, login] as const),
  ...['sysadmin', 'securityadmin', 'serveradmin', 'bulkadmin', 'dbcreator', 'diskadmin', 'public'].map(
    (role) =>
      ['database.windowsLogins[0].serverRoles[0]', role, 'write "processadmin" or "setupadmin"'] as const,
  ),
  ['database.windowsLogins[0].serverRoles', 'setupadmin', 'the only ones that RDS gives'],
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
  it.each(invalid)('%s = %j: %s', (field, value, advice, where: string = field) => {
    const request = changed(example('one-way-forest'), pathOf(field), value);

    const problems = problemsOf(request);

    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(`- ${where}: `)).toBe(true);
    expect(problems[0]).toContain(advice);
  });

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

describe('a field that nobody knows', () => {
  it.each([
    ['one-way-forest', 'password', 'requestId, directory, onPremises, trust, database, onFailure, tags'],
    ['one-way-forest', 'directory.directoryId', 'name, shortName, vpcId, subnetIds, edition, description'],
    ['adopted-directory', 'directory.vpcId', 'directoryId'],
    ['one-way-forest', 'onPremises.netbios', 'domainName, shortName, dnsIpAddresses, networks'],
    ['one-way-forest', 'onPremises.domainController.password', 'managedNodeId'],
    ['one-way-forest', 'trust.password', 'type, direction, selectiveAuthentication'],
    ['one-way-forest', 'database.allowInterruption', 'existing, identifier, engine'],
    ['existing-instance', 'database.engine', 'existing, identifier, allowInterruption'],
    ['one-way-forest', 'database.windowsLogins[0].sid', 'name, serverRoles'],
  ] as const)('%s: %s is refused, and its value is not repeated', (name, field, known) => {
    const request = changed(example(name), pathOf(field), 'Secret-4711');

    const problems = problemsOf(request);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`- ${field}: leave it out; the fields here are ${known}`);
    expect(problems[0]).not.toContain('4711');
  });
});

const legal = [
  ['directory.name', `aws.${long(39)}.com`],
  ['directory.name', 'a-1.b2.3com'],
  ['directory.shortName', "A&B_C-D!#$%'()~"],
  ['directory.description', 'Orders: 24/7 @ example.com!'],
  ['directory.description', long(128)],
  ['onPremises.domainName', `${long(30)}.${long(29)}.com`],
  ['onPremises.domainController.managedNodeId', 'i-0a1b2c3d'],
  ['onPremises.domainController.managedNodeId', 'i-0a1b2c3d4e5f60718'],
  ['database.port', 1150],
  ['database.port', 65_535],
  ['database.masterUsername', 'a'],
  ['database.allocatedStorage', 20],
  ['database.allocatedStorage', 16_384],
  ['database.backupRetentionDays', 0],
  ['database.backupRetentionDays', 35],
  ['database.iops', 1000],
  ['database.kmsKeyId', '1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['database.kmsKeyId', 'mrk-1234abcd12ab34cd56ef1234567890ab'],
  ['database.kmsKeyId', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['database.kmsKeyId', 'arn:aws-cn:kms:cn-north-1:111122223333:alias/databases'],
  ['database.windowsLogins[0].name', "CORP\\D'Arcy"],
  ['database.windowsLogins[0].name', 'CORP\\Jürgen Müller'],
  ['database.windowsLogins[0].name', 'CORP\\j.doe_1-x!#$%&()~^{}`'],
  ['database.windowsLogins[0].name', 'CORP\\SERVER1$'],
  ['database.windowsLogins[0].name', `CORP\\${long(112)}`],
  ['onFailure', 'rollback'],
  ['tags', { 'team/größe': 'a b_.:/=+-@', awsome: '' }],
] as const;

describe('a field at the edge of what is legal', () => {
  it.each(legal)('%s = %j', (field, value) => {
    const request = changed(example('one-way-forest'), pathOf(field), value);

    const normalised = parseRequest(request);

    expect(changed(normalised, pathOf(field), value)).toEqual(normalised);
  });

  it('tags: as many and as long as AWS takes', () => {
    const tags = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index}`.padStart(128, 'k'), long(256)]),
    );

    const normalised = parseRequest(changed(example('one-way-forest'), ['tags'], tags));

    expect(normalised.tags).toEqual(tags);
  });
});
