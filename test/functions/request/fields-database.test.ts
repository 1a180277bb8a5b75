import { describe, it } from 'vitest';
import { expectAdvice, long, network, subnets } from '../../support/wrong-field.ts';

const invalid = [
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
] as const;

describe('a field of the database that is wrong', () => {
  it.each(invalid)('%s = %j: %s', expectAdvice);
});
