import { describe, expect, it } from 'vitest';
import { requestWith, threeNetworks } from '../../support/changed-rules.ts';
import { problemsOf } from './requests.ts';

describe('a rule between fields that is kept', () => {
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
