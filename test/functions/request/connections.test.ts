import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { connection, validate } from './configured.ts';
import { changed, example, pathOf } from './requests.ts';

/** What the step says against a request, or that it allows it. */
const verdict = (request: unknown, connections?: readonly unknown[]): Promise<string> =>
  validate(request, connections).then(() => 'allowed', String);

const outside = (...problems: readonly string[]): string =>
  [
    'Forbidden: The request lies outside the connection "corp". Write what it allows, or have it extended in the deployment:',
    ...problems.map((problem) => `- ${problem}.`),
  ].join('\n');

const secretOf = (instance: string): string =>
  `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${instance}-AbCdEf`;

const subnets = connection.subnetIds.join(', ');

const forbidden = [
  [
    'directory.name',
    'aws.example.net',
    'directory.name: aws.example.net is not allowed; allowed: example.com',
  ],
  ['directory.name', 'awsexample.com', 'directory.name: awsexample.com is not allowed; allowed: example.com'],
  [
    'directory.vpcId',
    'vpc-00000000',
    'directory.vpcId: vpc-00000000 is not allowed; allowed: vpc-0a1b2c3d4e5f60718',
  ],
  [
    'directory.subnetIds[1]',
    'subnet-00000000',
    `directory.subnetIds[1]: subnet-00000000 is not allowed; allowed: ${subnets}`,
  ],
  [
    'onPremises.dnsIpAddresses[1]',
    '10.20.0.12',
    'onPremises.dnsIpAddresses[1]: 10.20.0.12 is not allowed; allowed: 10.20.0.10, 10.20.0.11',
  ],
  [
    'onPremises.clientNetworks',
    ['10.30.1.0/24', '10.0.0.0/12'],
    'onPremises.clientNetworks[1]: 10.0.0.0/12 is not allowed; allowed: 10.20.0.0/16, 10.30.0.0/16',
  ],
  [
    'onPremises.domainController.managedNodeId',
    'i-0a1b2c3d',
    'onPremises.domainController.managedNodeId: i-0a1b2c3d is not allowed; allowed: mi-0a1b2c3d4e5f60718',
  ],
  ['trust.type', 'External', 'trust.type: External is not allowed; allowed: Forest'],
  ['trust.direction', 'Two-Way', 'trust.direction: Two-Way is not allowed; allowed: One-Way: Outgoing'],
  [
    'database.identifier',
    'my-orders',
    'database.identifier: my-orders is not allowed; it has to begin with: orders, ledger, payroll',
  ],
  [
    'database.identifier',
    'order',
    'database.identifier: order is not allowed; it has to begin with: orders, ledger, payroll',
  ],
  [
    'database.subnetIds[0]',
    'subnet-00000000',
    `database.subnetIds[0]: subnet-00000000 is not allowed; allowed: ${subnets}`,
  ],
  [
    'database.securityGroupIds',
    ['sg-0a1b2c3d'],
    'database.securityGroupIds[0]: sg-0a1b2c3d is not allowed; allowed: nothing',
  ],
  [
    'database.kmsKeyId',
    'alias/databases',
    'database.kmsKeyId: alias/databases is not allowed; allowed: nothing',
  ],
  [
    'database.allowedNetworks',
    ['10.20.0.0/24', '10.40.0.0/16'],
    'database.allowedNetworks[1]: 10.40.0.0/16 is not allowed; allowed: 10.20.0.0/16, 10.30.0.0/16',
  ],
] as const;

describe('a request outside the connection of its domain', () => {
  it.each(forbidden)('%s = %j', async (field, value, problem) => {
    const request = changed(example('one-way-forest'), pathOf(field), value);

    expect(await verdict(request)).toBe(outside(problem));
  });

  it('may not be known by another NetBIOS name', async () => {
    const request = changed(
      changed(example('no-database'), ['database'], undefined),
      ['onPremises', 'shortName'],
      'CORP1',
    );

    expect(await verdict(request)).toBe(outside('onPremises.shortName: CORP1 is not allowed; allowed: CORP'));
  });

  it('may not reach further than its networks', async () => {
    const request = changed(
      changed(example('no-database'), ['onPremises', 'networks'], ['10.20.0.0/15']),
      ['onPremises', 'clientNetworks'],
      ['10.20.0.0/16'],
    );

    expect(await verdict(request)).toBe(
      outside('onPremises.networks[0]: 10.20.0.0/15 is not allowed; allowed: 10.20.0.0/16'),
    );
  });

  it('may not reach the networks of clients as if domain controllers were there', async () => {
    const request = changed(
      example('no-database'),
      ['onPremises', 'networks'],
      ['10.20.0.0/16', '10.30.0.0/16'],
    );

    expect(await verdict(request)).toBe(
      outside('onPremises.networks[1]: 10.30.0.0/16 is not allowed; allowed: 10.20.0.0/16'),
    );
  });

  it('may not take over an instance that is not listed, nor open it to anyone', async () => {
    const request = changed(
      changed(example('existing-instance'), ['database', 'identifier'], 'orders'),
      ['database', 'allowedNetworks'],
      ['192.0.2.0/24'],
    );

    expect(await verdict(request)).toBe(
      outside(
        'database.identifier: orders is not allowed; allowed: archive',
        'database.allowedNetworks[0]: 192.0.2.0/24 is not allowed; allowed: 10.20.0.0/16, 10.30.0.0/16',
      ),
    );
  });

  it('may not encrypt with a key that is not listed', async () => {
    const listed = { ...connection, kmsKeyIds: ['alias/databases', 'alias/archive'] };
    const request = changed(example('one-way-forest'), ['database', 'kmsKeyId'], 'alias/payroll');

    expect(await verdict(request, [listed])).toBe(
      outside('database.kmsKeyId: alias/payroll is not allowed; allowed: alias/databases, alias/archive'),
    );
  });

  it.each([
    ['where none is listed', [{ identifier: 'archive' }], 'nothing'],
    [
      'of its own',
      [{ identifier: 'archive', masterUserSecretArn: secretOf('archive') }],
      secretOf('archive'),
    ],
    [
      'that is another instance’s',
      [{ identifier: 'archive' }, { identifier: 'billing', masterUserSecretArn: secretOf('billing') }],
      'nothing',
    ],
  ])('may not log in to an instance with a secret %s', async (_which, existingInstances, allowed) => {
    const request = changed(
      example('existing-instance'),
      ['database', 'masterUserSecretArn'],
      secretOf('billing'),
    );

    expect(await verdict(request, [{ ...connection, existingInstances }])).toBe(
      outside(`database.masterUserSecretArn: ${secretOf('billing')} is not allowed; allowed: ${allowed}`),
    );
  });

  it('may have no new database where no identifier is listed', async () => {
    expect(await verdict(example('one-way-forest'), [{ ...connection, identifierPrefixes: [] }])).toBe(
      outside('database.identifier: orders is not allowed; no new database is'),
    );
  });

  it('may not adopt a directory where only names are given', async () => {
    const message = await verdict(example('adopted-directory'));

    expect(message).toBe(outside('directory.directoryId: d-0123456789 is not allowed; allowed: nothing'));
  });

  it.each([
    [
      'another directory',
      changed(example('adopted-directory'), ['directory', 'directoryId'], 'd-9876543210'),
      'directory.directoryId: d-9876543210 is not allowed; allowed: d-0123456789',
    ],
    [
      'a new one',
      example('one-way-forest'),
      'directory.name: aws.example.com is not allowed; allowed: nothing',
    ],
    [
      'a name that ends in the id',
      changed(example('one-way-forest'), ['directory', 'name'], 'aws.d-0123456789'),
      'directory.name: aws.d-0123456789 is not allowed; allowed: nothing',
    ],
  ] as const)('may not use %s where a directory is given', async (_, request, problem) => {
    const pinned = { ...connection, directory: { directoryId: 'd-0123456789' } };

    expect(await verdict(request, [pinned])).toBe(outside(problem));
  });

  it('is told everything at once', async () => {
    const message = await verdict(
      changed(example('two-way-forest'), ['onPremises', 'dnsIpAddresses'], ['10.21.0.1']),
    );

    expect(message.match(/^- [\w.[\]]+/gm)).toEqual([
      '- onPremises.dnsIpAddresses[0]',
      '- onPremises.networks[1]',
      '- onPremises.clientNetworks[1]',
      '- onPremises.clientNetworks[2]',
      '- trust.direction',
      '- database.kmsKeyId',
    ]);
  });
});

describe('a request for a domain with several connections', () => {
  const incoming = { ...connection.trust, direction: 'One-Way: Incoming' };
  const other = { ...connection, name: 'other', trust: incoming, vpcIds: ['vpc-00000000'] };
  const elsewhere = changed(example('one-way-forest'), ['directory', 'vpcId'], 'vpc-00000000');

  it('is allowed where it lies inside one of them', async () => {
    expect(await verdict(example('one-way-forest'), [other, connection])).toBe('allowed');
  });

  it('may not take a part of one and a part of another', async () => {
    expect(await verdict(elsewhere, [other, connection])).toContain(
      '- trust.direction: One-Way: Outgoing is not',
    );
  });

  it.each([
    ['first', [connection, other]],
    ['last', [{ ...other, shortName: 'ELSE' }, connection]],
  ] as const)(
    'is told what it lacks of the closest one, also where that is the %s',
    async (_, connections) => {
      const far = changed(example('one-way-forest'), ['directory', 'name'], 'example.net');

      expect(await verdict(far, connections)).toBe(
        outside('directory.name: example.net is not allowed; allowed: example.com'),
      );
    },
  );
});

describe('a request inside the connection of its domain', () => {
  const another = { ...connection, name: 'other', domainName: 'other.example.net', vpcIds: [] };

  it.each([
    ['as it is', example('one-way-forest'), [connection]],
    ['beside other connections', example('one-way-forest'), [another, connection]],
    [
      'however the connection is written',
      example('one-way-forest'),
      [
        {
          ...connection,
          domainName: 'CORP.example.com.',
          shortName: 'corp',
          networks: ['10.20.3.4/16'],
          existingInstances: [{ identifier: 'ARCHIVE' }],
        },
      ],
    ],
    [
      'with a part of its networks',
      changed(example('no-database'), ['onPremises', 'networks'], ['10.20.0.0/24']),
      [connection],
    ],
    [
      'with clients in both kinds of networks',
      changed(example('no-database'), ['onPremises', 'clientNetworks'], ['10.20.1.0/24', '10.30.1.0/24']),
      [connection],
    ],
    [
      'with a directory of exactly that name',
      changed(example('no-database'), ['directory', 'name'], 'example.com'),
      [connection],
    ],
    [
      'with an identifier that begins as one may',
      changed(example('one-way-forest'), ['database', 'identifier'], 'Orders-2'),
      [connection],
    ],
    [
      'with a group that is listed',
      changed(example('one-way-forest'), ['database', 'securityGroupIds'], ['sg-0a1b2c3d']),
      [{ ...connection, securityGroupIds: ['sg-0a1b2c3d'] }],
    ],
    [
      'with an instance that is listed',
      changed(example('existing-instance'), ['database', 'identifier'], 'Archive'),
      [connection],
    ],
    [
      'with the secret that is listed for the instance',
      changed(example('existing-instance'), ['database', 'masterUserSecretArn'], secretOf('archive')),
      [
        {
          ...connection,
          existingInstances: [{ identifier: 'Archive', masterUserSecretArn: secretOf('archive') }],
        },
      ],
    ],
    [
      'with the secret that RDS keeps, though another is listed',
      example('existing-instance'),
      [
        {
          ...connection,
          existingInstances: [{ identifier: 'archive', masterUserSecretArn: secretOf('archive') }],
        },
      ],
    ],
    [
      'with a key that is listed',
      changed(example('one-way-forest'), ['database', 'kmsKeyId'], 'alias/databases'),
      [{ ...connection, kmsKeyIds: ['alias/archive', 'alias/databases'] }],
    ],
    [
      'with the directory that is given',
      example('adopted-directory'),
      [{ ...connection, directory: { directoryId: 'd-0123456789' } }],
    ],
  ] as const)('is allowed %s, and comes back normalised', async (_, request, connections) => {
    const answer = await validate(request, connections);

    expect(answer).toEqual(parseRequest(request));
  });
});

describe('a request for a domain without connection', () => {
  it('is told which domains have one', async () => {
    const request = changed(example('one-way-forest'), ['onPremises', 'domainName'], 'evil.example.net');

    const other = { ...connection, name: 'other', domainName: 'b.example.com' };

    expect(await verdict(request, [connection, { ...connection, name: 'too' }, other])).toBe(
      'Forbidden: This deployment has no connection for onPremises.domainName evil.example.net; it has connections for: corp.example.com, b.example.com. Write one of them, or have a connection added to the deployment.',
    );
  });

  it('is refused by an empty list, whatever it is', async () => {
    expect(await verdict(example('no-database'), [])).toContain('it has connections for: none.');
  });
});
