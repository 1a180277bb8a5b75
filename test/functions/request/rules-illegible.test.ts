import { describe, expect, it } from 'vitest';
import { requestWith } from '../../support/changed-rules.ts';
import { problemsOf } from './requests.ts';

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
