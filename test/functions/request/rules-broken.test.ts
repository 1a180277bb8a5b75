import { describe, expect, it } from 'vitest';
import { requestWith, threeNetworks } from '../../support/changed-rules.ts';
import { problemsOf } from './requests.ts';

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

describe('a rule between fields that is broken', () => {
  it.each(broken)('%j: %s', (changes, problem) => {
    const problems = problemsOf(requestWith(changes));

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});
