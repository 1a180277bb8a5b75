import { describe, expect, it } from 'vitest';
import { changed, example, pathOf, problemsOf } from './requests.ts';

/** The example, with these values at these paths. */
const requestWith = (changes: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(changes).reduce(
    (request, [path, value]) => changed(request, pathOf(path), value),
    example('one-way-forest'),
  );

const threeNetworks = ['10.20.0.0/16', '10.21.0.0/16', '10.22.0.0/16'];

const broken = [
  [
    { 'directory.name': 'CORP.example.com.', 'directory.shortName': 'AWS' },
    'directory.name: write a domain name of its own',
  ],
  [{ 'directory.shortName': 'corp' }, 'both sides would be CORP; found "corp"'],
  [
    { 'directory.name': 'corp.example.net' },
    'directory.shortName: write a NetBIOS name that differs from onPremises.shortName: both sides would be CORP, the first label of directory.name; it is missing',
  ],
  [
    { 'directory.name': 'a234567890123456.example.com' },
    'directory.shortName: write a NetBIOS name, because the first label of directory.name (A234567890123456) cannot be one',
  ],
  [{ 'directory.name': 'network.example.com' }, 'the first label of directory.name (NETWORK) cannot be one'],
  [
    { 'onPremises.dnsIpAddresses[1]': '10.21.0.10' },
    'onPremises.dnsIpAddresses[1]: write an address inside onPremises.networks (10.20.0.0/16), or add its network there; found "10.21.0.10"',
  ],
  [
    { 'onPremises.dnsIpAddresses[1]': '10.20.0.10' },
    'onPremises.dnsIpAddresses[1]: write another one: it is listed before',
  ],
  [
    { 'onPremises.networks': ['10.20.0.0/24', '10.20.9.9/16'] },
    'onPremises.networks[1]: leave one out: it overlaps 10.20.0.0/24; found "10.20.9.9/16"',
  ],
  [
    { 'onPremises.networks': ['10.20.0.0/16', '10.20.9.0/24'] },
    'onPremises.networks[1]: leave one out: it overlaps 10.20.0.0/16',
  ],
  [
    { 'onPremises.clientNetworks': ['10.30.0.0/16', '10.40.0.0/16', '10.30.0.0/16'] },
    'onPremises.clientNetworks[2]: leave one out: it overlaps 10.30.0.0/16',
  ],
  [
    { 'database.allowedNetworks': ['10.30.0.0/16', '10.0.0.0/8'] },
    'database.allowedNetworks[1]: leave one out: it overlaps 10.30.0.0/16',
  ],
  [
    { 'onPremises.networks': [...threeNetworks, '10.23.0.0/16'] },
    "onPremises.networks: summarise them in fewer, wider networks, each /8 or narrower: a new directory's security group has room for 42 inbound rules, and these need 56.",
  ],
  [
    { 'onPremises.networks': threeNetworks, 'onPremises.clientNetworks': ['10.30.0.0/16'] },
    "onPremises.clientNetworks: summarise them, or onPremises.networks, in fewer, wider networks, each /8 or narrower: a new directory's security group has room for 42 inbound rules, and both together need 51.",
  ],
  [
    {
      'onPremises.clientNetworks': ['10.30.0.0/16', '10.31.0.0/16', '10.32.0.0/16', '10.33.0.0/16'],
    },
    'and both together need 50.',
  ],
  [
    { 'directory.subnetIds': ['subnet-0a1b2c3d', 'subnet-0a1b2c3d'] },
    'directory.subnetIds[1]: write another one: it is listed before; found "subnet-0a1b2c3d"',
  ],
  [
    { 'database.subnetIds': ['subnet-0a1b2c3d', 'subnet-0a1b2c3e', 'subnet-0a1b2c3d'] },
    'database.subnetIds[2]: write another one: it is listed before',
  ],
  [
    { 'database.securityGroupIds': ['sg-0a1b2c3d', 'sg-0a1b2c3d'] },
    'database.securityGroupIds[1]: write another one: it is listed before',
  ],
  [
    { 'trust.direction': 'One-Way: Incoming' },
    'trust.direction: write "One-Way: Outgoing" or "Two-Way", or leave out database',
  ],
  [
    { 'database.engine': 'sqlserver-ex', 'database.multiAz': true },
    'database.multiAz: write false: RDS runs SQL Server Express in one zone only; found true',
  ],
  [
    { 'database.multiAz': true, 'database.backupRetentionDays': 0 },
    'database.backupRetentionDays: write 1 or more, or "multiAz": false: RDS mirrors SQL Server only where backups are kept; found 0',
  ],
  [
    { 'database.storageType': 'gp2', 'database.iops': 3000 },
    'database.iops: leave it out, or write another storageType: gp2 takes none; found 3000',
  ],
  [
    { 'database.storageType': 'io1' },
    'database.iops: write the provisioned operations a second, which io1 needs; it is missing',
  ],
  [
    { 'database.storageType': 'io2', 'database.iops': 4000, 'database.allocatedStorage': 99 },
    'database.allocatedStorage: write 100 or more, the least that io2 takes; found 99',
  ],
  [
    { 'database.windowsLogins[1].name': 'aws\\Admins' },
    'database.windowsLogins[1].name: write "CORP\\\\Admins": only accounts of the company\'s domain can be given a login; found "aws\\\\Admins"',
  ],
  [
    { 'database.windowsLogins[1].name': 'CORPORATE\\Admins' },
    'database.windowsLogins[1].name: write "CORP\\\\Admins"',
  ],
  [
    { 'database.windowsLogins[1].name': 'corp\\dbadmins' },
    'database.windowsLogins[1].name: leave it out: it is listed before',
  ],
] as const;

describe('a rule between fields', () => {
  it.each(broken)('%j: %s', (changes, problem) => {
    const problems = problemsOf(requestWith(changes));

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each([
    ['a subdomain of the other', { 'directory.name': 'aws.corp.example.com' }],
    [
      'a directory of the same first label but another short name',
      { 'directory.name': 'corp.example.net', 'directory.shortName': 'AWS' },
    ],
    [
      'a long first label with a short name',
      { 'directory.name': 'a234567890123456.example.com', 'directory.shortName': 'AWS' },
    ],
    ['networks side by side', { 'onPremises.networks': ['10.20.0.0/24', '10.20.1.0/24'] }],
    ['three networks, which fill the group', { 'onPremises.networks': threeNetworks }],
    [
      'clients inside three networks',
      { 'onPremises.networks': threeNetworks, 'onPremises.clientNetworks': ['10.20.7.0/24', '10.21.0.0/16'] },
    ],
    [
      'four networks of an adopted directory, whose group may be open',
      {
        directory: { directoryId: 'd-0123456789' },
        'onPremises.networks': [...threeNetworks, '10.23.0.0/16'],
      },
    ],
    ['clients in the same network', { 'onPremises.clientNetworks': ['10.20.0.0/16'] }],
    ['a server in the second network', { 'onPremises.networks': ['10.9.0.0/16', '10.20.0.0/16'] }],
    ['Express in one zone', { 'database.engine': 'sqlserver-ex' }],
    ['Web in two zones', { 'database.engine': 'sqlserver-web', 'database.multiAz': true }],
    ['two zones with backups of a day', { 'database.multiAz': true, 'database.backupRetentionDays': 1 }],
    ['one zone without backups', { 'database.backupRetentionDays': 0 }],
    [
      'io1 of 100 GiB',
      { 'database.storageType': 'io1', 'database.iops': 1000, 'database.allocatedStorage': 100 },
    ],
    ['gp3 with operations', { 'database.iops': 4000 }],
    ['gp2 of 20 GiB', { 'database.storageType': 'gp2', 'database.allocatedStorage': 20 }],
    ['a trust both ways', { 'trust.direction': 'Two-Way' }],
    ['an incoming trust without database', { 'trust.direction': 'One-Way: Incoming', database: undefined }],
  ] as const)('lets %s pass', (_, changes) => {
    expect(problemsOf(requestWith(changes))).toEqual([]);
  });
});

describe('a rule where other fields are wrong', () => {
  it('reports what can be judged, beside what is illegible', () => {
    const request = requestWith({
      requestId: '',
      'directory.name': 'corp.example.com',
      'directory.shortName': 'too.short',
      'onPremises.dnsIpAddresses': ['nowhere', '10.20.0.10', '10.20.0.10'],
      'database.port': 1,
      'database.engine': 'sqlserver-ex',
      'database.multiAz': true,
      'database.windowsLogins': [
        7,
        { name: 'bob@corp.example.com', serverRoles: [] },
        { name: 'AWS\\Admins' },
      ],
    });

    const fields = problemsOf(request).map((problem) => problem.replace(/:.*/, ''));

    expect(fields.toSorted()).toEqual(
      [
        'requestId',
        'directory.name',
        'directory.shortName',
        'onPremises.dnsIpAddresses[0]',
        'onPremises.dnsIpAddresses[2]',
        'database.port',
        'database.multiAz',
        'database.windowsLogins[0]',
        'database.windowsLogins[1].name',
        'database.windowsLogins[2].name',
        'database.windowsLogins[2].serverRoles',
      ]
        .map((field) => `- ${field}`)
        .toSorted(),
    );
  });

  it.each([
    ['an address, while a network is illegible', { 'onPremises.networks': ['10.9.0.0/16', 'here'] }, 1],
    ['an address, while no network is there', { 'onPremises.networks': [] }, 1],
    [
      'a default name, while the name is illegible',
      { 'directory.name': 'corp', 'onPremises.shortName': 'CORP' },
      1,
    ],
    [
      'a login, while the short name is illegible',
      { 'onPremises.shortName': 'CORP.', 'database.windowsLogins[0].name': 'X\\Y' },
      1,
    ],
    ['a direction, while the trust is none', { trust: 'One-Way: Incoming' }, 1],
    ['a network, while the other is illegible', { 'database.allowedNetworks': ['here', '10.20.0.0/16'] }, 1],
    [
      'storage, while its size is illegible',
      { 'database.storageType': 'io1', 'database.iops': 1000, 'database.allocatedStorage': 'x' },
      1,
    ],
    [
      'backups, while their days are illegible',
      { 'database.multiAz': true, 'database.backupRetentionDays': 'none' },
      1,
    ],
    [
      'backups, while the zones are illegible',
      { 'database.multiAz': 'yes', 'database.backupRetentionDays': 0 },
      1,
    ],
    ['operations, while they are illegible', { 'database.storageType': 'io1', 'database.iops': 'many' }, 1],
    ['a list that is none', { 'directory.subnetIds': 'subnet-0a1b2c3d', 'onPremises.networks': 7 }, 2],
    ['whatever depends on onPremises, where that is none', { onPremises: [] }, 1],
    ['whatever depends on the directory, where that is none', { directory: [] }, 1],
  ] as const)('does not guess about %s', (_, changes, count) => {
    expect(problemsOf(requestWith(changes))).toHaveLength(count);
  });

  it('knows nothing of a request that is no object', () => {
    expect(problemsOf('orders')).toEqual([
      '- request: write an object of requestId, directory, onPremises, trust, database, onFailure, tags; found "orders".',
    ]);
  });
});
