import * as fc from 'fast-check';

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: length, maxLength: length });
const id = (prefix: string): fc.Arbitrary<string> => hex(17).map((digits) => `${prefix}-${digits}`);
const twoIds = (prefix: string): fc.Arbitrary<string[]> =>
  fc.uniqueArray(id(prefix), { minLength: 2, maxLength: 2 });

/** The same text in any mixture of cases. */
const anyCase = (text: string): fc.Arbitrary<string> =>
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((upper) =>
    text
      .split('')
      .map((letter, at) => (upper[at] ? letter.toUpperCase() : letter.toLowerCase()))
      .join(''),
  );
const domain = (name: string): fc.Arbitrary<string> =>
  fc.tuple(anyCase(name), fc.constantFrom('', '.')).map(([letters, dot]) => letters + dot);

/** A network of 10.<second>.0.0/16, its host bits set anyhow. */
const network = (second: number): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(255), fc.nat(255)).map(([third, fourth]) => `10.${second}.${third}.${fourth}/16`);
const networks = fc.tuple(network(20), network(21));

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const words = <Word>(...all: Word[]): fc.Arbitrary<Word[]> => fc.uniqueArray(fc.constantFrom(...all));

const windowsLogins = fc.uniqueArray(
  fc.record({
    name: fc
      .tuple(anyCase('CORP'), fc.constantFrom('DBAdmins', "O'Brien", 'Jürgen Müller', 'X$'))
      .map((parts) => parts.join('\\')),
    serverRoles: words('processadmin', 'setupadmin'),
  }),
  { selector: ({ name }) => name.toLowerCase() },
);

const newDirectory = fc.record(
  {
    name: domain('aws.example.com'),
    shortName: anyCase('CLOUD'),
    vpcId: id('vpc'),
    subnetIds: twoIds('subnet'),
    edition: fc.constantFrom('Standard', 'Enterprise'),
    description: fc.constantFrom('Orders', 'a 1@b'),
  },
  { requiredKeys: ['name', 'vpcId', 'subnetIds'] },
);

const newDatabase = fc.record(
  {
    existing: fc.constant(false),
    identifier: anyCase('orders-1'),
    engine: fc.constantFrom('sqlserver-ee', 'sqlserver-se', 'sqlserver-web'),
    instanceClass: fc.constantFrom('db.r6i.xlarge', 'db.t3.small'),
    allocatedStorage: fc.integer({ min: 100, max: 16_384 }),
    storageType: fc.constantFrom('gp3', 'io1', 'io2'),
    iops: fc.integer({ min: 1000, max: 256_000 }),
    multiAz: fc.boolean(),
    backupRetentionDays: fc.integer({ min: 0, max: 35 }),
    deletionProtection: fc.boolean(),
    subnetIds: twoIds('subnet'),
    allowedNetworks: networks,
    engineVersion: fc.constant('16.00.4245.2.v1'),
    port: fc.integer({ min: 1500, max: 3000 }),
    masterUsername: fc.constantFrom('admin', 'Keeper_1'),
    kmsKeyId: fc.constant('alias/databases'),
    logExports: words('error', 'agent'),
    autoMinorVersionUpgrade: fc.boolean(),
    subnetGroupName: anyCase('databases'),
    securityGroupIds: twoIds('sg'),
    windowsLogins,
  },
  {
    requiredKeys: [
      'identifier',
      'engine',
      'instanceClass',
      'allocatedStorage',
      'storageType',
      'iops',
      'multiAz',
      'backupRetentionDays',
      'deletionProtection',
      'subnetIds',
      'allowedNetworks',
    ],
  },
);
// RDS mirrors SQL Server only where backups are kept.
const possibleDatabase = newDatabase.filter(
  ({ multiAz, backupRetentionDays }) => !multiAz || backupRetentionDays > 0,
);

const existingDatabase = fc.record(
  {
    existing: fc.constant(true),
    identifier: anyCase('archive'),
    allowInterruption: fc.boolean(),
    masterUserSecretArn: fc.constant('arn:aws:secretsmanager:eu-west-1:111122223333:secret:archive-AbCdEf'),
    allowedNetworks: networks,
    windowsLogins,
  },
  { requiredKeys: ['existing', 'identifier', 'allowInterruption'] },
);

/** Requests that are legal, written as a user may write them. */
export const legalRequests = fc
  .record({
    requestId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/),
    directory: fc.oneof(
      newDirectory,
      hex(10).map((digits) => ({ directoryId: `d-${digits}` })),
    ),
    onPremises: fc.record(
      {
        domainName: domain('corp.example.com'),
        shortName: anyCase('CORP'),
        dnsIpAddresses: fc.constantFrom(['10.20.0.10'], ['10.21.0.10', '10.20.0.11']),
        networks,
        clientNetworks: networks,
        domainController: fc.record({ managedNodeId: fc.oneof(id('mi'), id('i')) }),
      },
      { requiredKeys: ['domainName', 'shortName', 'dnsIpAddresses', 'networks', 'domainController'] },
    ),
    trust: fc.record({
      type: fc.constantFrom('Forest', 'External'),
      direction: fc.constantFrom('One-Way: Outgoing', 'Two-Way'),
      selectiveAuthentication: fc.boolean(),
    }),
    database: optional(fc.oneof(possibleDatabase, existingDatabase)),
    onFailure: optional(fc.constantFrom('keep', 'rollback')),
    tags: optional(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.stringMatching(/^[\w .:/=+@-]{0,9}$/)),
    ),
  })
  .map((request): unknown => JSON.parse(JSON.stringify(request)));
